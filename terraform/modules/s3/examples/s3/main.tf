# All buckets, with copies of some in a second region.

provider "aws" {
  region = "us-east-1"
}

locals {
  second_region = "us-west-2"
}

module "key" {
  source = "../../../kms-key"

  name        = "example/objects"
  description = "Objects of the example"
}

module "replica_key" {
  source = "../../../kms-key"

  name        = "example/replicas"
  region      = local.second_region
  description = "Copies of objects of the example"
}

module "buckets" {
  source = "../.."

  name         = "example"
  kms_key_arns = { for purpose in ["artifacts", "audit", "embeddings", "logs", "snapshots"] : purpose => module.key.arn }
  neo4j_expiry = { full_days = 30, differential_days = 7, full_every_days = 1 }
  replication  = { region = local.second_region, kms_key_arn = module.replica_key.arn }
}

output "artifacts_bucket" {
  description = "For `OBJECT_STORE_URI`."
  value       = module.buckets.buckets["artifacts"].name
}
