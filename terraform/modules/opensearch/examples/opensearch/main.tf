# A domain of three nodes over three zones, with managers and UltraWarm.

provider "aws" {
  region = "us-east-1"
}

module "key" {
  source = "../../../kms-key"

  name        = "example/search"
  description = "The domain of the example, its logs and its snapshots"
}

module "search" {
  source = "../.."

  name           = "example"
  engine_version = "OpenSearch_3.1"
  nodes          = { instance_type = "r7g.large.search", volume_gib = 100 }
  managers       = { instance_type = "m7g.large.search" }
  warm           = {}

  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = {
    us-east-1a = "subnet-0a1b2c3d4e5f60718"
    us-east-1b = "subnet-0a1b2c3d4e5f60719"
    us-east-1c = "subnet-0a1b2c3d4e5f6071a"
  }
  client_security_group_ids = { cluster = "sg-0a1b2c3d4e5f60718" }

  kms_key_arn                = module.key.arn
  logs_kms_key_arn           = module.key.arn
  master_role_arn            = "arn:aws:iam::123456789012:role/search-admin"
  create_service_linked_role = true

  snapshots = {
    bucket_name = "example-snapshots"
    bucket_arn  = "arn:aws:s3:::example-snapshots"
    kms_key_arn = module.key.arn
  }
}

output "url" {
  description = "Address of the domain."
  value       = module.search.url
}
