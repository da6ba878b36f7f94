# What leaves the private subnets has to be on the list of the platform.

locals {
  # Some hosts have the region in their names.
  egress_hosts = [for one in var.egress_hosts : merge(one, { host = replace(one.host, "{region}", var.region) })]
}

module "firewall_key" {
  source = "../../../modules/kms-key"

  name        = "${local.name}/firewall"
  description = "Settings of the firewall of ${local.name}"
}

module "egress" {
  source = "../../../modules/egress"

  name   = local.name
  vpc_id = module.vpc.vpc_id
  zones = {
    for zone in keys(var.zones) : zone => {
      firewall_subnet_id     = module.vpc.firewall_subnet_ids[zone]
      private_route_table_id = module.vpc.private_route_table_ids[zone]
      private_cidr           = module.vpc.private_cidrs[zone]
      nat_route_table_id     = module.vpc.nat_route_table_ids[zone]
    }
  }

  # Pods have addresses of the private subnets. Where they get a range of their own, it belongs here too.
  home_networks = [module.vpc.cidr]
  hosts         = local.egress_hosts

  kms_key_arn        = module.firewall_key.arn
  log_kms_key_arn    = module.key["logs"].arn
  log_retention_days = 365
}
