# Three zones, one NAT gateway for all of them, the endpoints that a small cluster needs.

provider "aws" {
  region = "us-east-1"
}

data "aws_region" "current" {}

module "logs_key" {
  source = "../../../kms-key"

  name        = "example/logs"
  description = "Flow logs"
  grants      = { Logs = { service = "logs.${data.aws_region.current.region}.amazonaws.com" } }
}

module "vpc" {
  source = "../.."

  name                 = "example"
  cluster_name         = "example"
  cidr                 = "10.20.0.0/16"
  single_nat_zone      = "us-east-1a"
  flow_log_kms_key_arn = module.logs_key.arn

  zones = {
    us-east-1a = { public = "10.20.0.0/24", private = "10.20.32.0/19", data = "10.20.16.0/22" }
    us-east-1b = { public = "10.20.1.0/24", private = "10.20.64.0/19", data = "10.20.20.0/22" }
    us-east-1c = { public = "10.20.2.0/24", private = "10.20.96.0/19", data = "10.20.24.0/22" }
  }

  interface_endpoints = ["ecr.api", "ecr.dkr", "eks-auth", "sts"]
}

output "private_subnet_ids" {
  description = "Where the nodes run."
  value       = module.vpc.private_subnet_ids
}
