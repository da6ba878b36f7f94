# A database for Airflow, with a second machine that stands by.

provider "aws" {
  region = "us-east-1"
}

module "key" {
  source = "../../../kms-key"

  name        = "example/database"
  description = "The database of the example, and its logs"
}

module "database" {
  source = "../.."

  name            = "example-airflow"
  engine_version  = "17"
  instance_class  = "db.m7g.large"
  storage_gib     = 50
  max_storage_gib = 200

  vpc_id = "vpc-0a1b2c3d4e5f60718"
  subnet_ids = {
    us-east-1a = "subnet-0a1b2c3d4e5f60718"
    us-east-1b = "subnet-0a1b2c3d4e5f60719"
  }
  client_security_group_ids = { cluster = "sg-0a1b2c3d4e5f60718" }

  kms_key_arn      = module.key.arn
  logs_kms_key_arn = module.key.arn
}

output "secret_arn" {
  description = "User and password, for External Secrets."
  value       = module.database.secret_arn
}
