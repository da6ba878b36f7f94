# Arithmetic on the ranges of the subnets, for the preconditions of the network: AWS would refuse them one by one, in the
# middle of an apply.
locals {
  subnet_cidrs = merge([
    for zone, cidrs in var.zones : { for tier, cidr in cidrs : "${tier} of ${zone}" => cidr if cidr != null }
  ]...)

  malformed = [for name, cidr in local.subnet_cidrs : "${name} (${cidr})" if !try(cidrsubnet(cidr, 0, 0) == cidr, false)]

  # First and last address of each range, as numbers.
  addresses = {
    for name, cidr in merge({ network = var.cidr }, local.subnet_cidrs) : name => {
      first = sum([for i, part in split(".", cidrhost(cidr, 0)) : tonumber(part) * pow(256, 3 - i)])
      last  = sum([for i, part in split(".", cidrhost(cidr, -1)) : tonumber(part) * pow(256, 3 - i)])
    } if can(cidrhost(cidr, 0))
  }
  network = local.addresses["network"]
  subnets = [for name in keys(local.subnet_cidrs) : name if contains(keys(local.addresses), name)]

  outside = [
    for name in local.subnets : name
    if local.addresses[name].first < local.network.first || local.addresses[name].last > local.network.last
  ]

  overlaps = flatten([
    for i, name in local.subnets : [
      for other in slice(local.subnets, i + 1, length(local.subnets)) : "${name} and ${other}"
      if local.addresses[name].first <= local.addresses[other].last && local.addresses[other].first <= local.addresses[name].last
    ]
  ])
}
