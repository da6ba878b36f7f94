# Three brokers with two topics.

provider "aws" {
  region = "us-east-1"
}

module "key" {
  source = "../../../kms-key"

  name        = "example/messages"
  description = "Messages of the example, and logs of its brokers"
}

module "kafka" {
  source = "../.."

  name           = "example"
  instance_type  = "kafka.m7g.large"
  volume_gib     = 100
  max_volume_gib = 1000

  topics = {
    "orders.v1" = { partitions = 6, retention_ms = 604800000, compression = "lz4" }
    "audit.v1"  = { partitions = 3, retention_ms = 2592000000, compression = "lz4" }
  }

  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = {
    us-east-1a = "subnet-0a1b2c3d4e5f60718"
    us-east-1b = "subnet-0a1b2c3d4e5f60719"
    us-east-1c = "subnet-0a1b2c3d4e5f6071a"
  }
  client_security_group_ids = { cluster = "sg-0a1b2c3d4e5f60718" }

  kms_key_arn      = module.key.arn
  logs_kms_key_arn = module.key.arn
}

output "brokers" {
  description = "For clients that log in by IAM."
  value       = module.kafka.bootstrap_brokers
}
