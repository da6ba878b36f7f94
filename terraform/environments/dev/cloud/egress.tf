# No firewall here: what leaves is not filtered by names. Whoever filters it elsewhere finds the list in the outputs.

locals {
  # Some hosts have the region in their names.
  egress_hosts = [for one in var.egress_hosts : merge(one, { host = replace(one.host, "{region}", var.region) })]
}
