# A network whose private subnets reach one host and all names below another, and nothing else.

provider "aws" {
  region = "us-east-1"
}

data "aws_region" "current" {}

locals {
  zones = {
    us-east-1a = { public = "10.20.0.0/24", private = "10.20.32.0/19", data = "10.20.16.0/22", firewall = "10.20.3.0/28", nat = "10.20.3.64/28" }
    us-east-1b = { public = "10.20.1.0/24", private = "10.20.64.0/19", data = "10.20.20.0/22", firewall = "10.20.3.16/28", nat = "10.20.3.80/28" }
    us-east-1c = { public = "10.20.2.0/24", private = "10.20.96.0/19", data = "10.20.24.0/22", firewall = "10.20.3.32/28", nat = "10.20.3.96/28" }
  }
}

module "key" {
  source = "../../../kms-key"

  name        = "example/network"
  description = "Settings of the firewall, and logs"
  grants      = { Logs = { service = "logs.${data.aws_region.current.region}.amazonaws.com" } }
}

module "vpc" {
  source = "../../../vpc"

  name                 = "example"
  cluster_name         = "example"
  cidr                 = "10.20.0.0/16"
  zones                = local.zones
  egress_inspection    = true
  flow_log_kms_key_arn = module.key.arn
  interface_endpoints  = ["ecr.api", "ecr.dkr", "sts"]
}

module "egress" {
  source = "../.."

  name   = "example"
  vpc_id = module.vpc.vpc_id
  zones = {
    for zone in keys(local.zones) : zone => {
      firewall_subnet_id     = module.vpc.firewall_subnet_ids[zone]
      private_route_table_id = module.vpc.private_route_table_ids[zone]
      private_cidr           = module.vpc.private_cidrs[zone]
      nat_route_table_id     = module.vpc.nat_route_table_ids[zone]
    }
  }
  home_networks = [module.vpc.cidr]
  hosts = [
    { host = "clinicaltrials.gov", purpose = "application" },
    { host = ".hf.co", purpose = "application" },
    { host = "ghcr.io", purpose = "image" },
  ]

  kms_key_arn     = module.key.arn
  log_kms_key_arn = module.key.arn
}

output "endpoint_ids" {
  description = "The endpoints by zone."
  value       = module.egress.endpoint_ids
}
