# A parser that reads and writes one bucket, and Vault.

provider "aws" {
  region = "us-east-1"
}

module "key" {
  source = "../../../kms-key"

  name        = "example/objects"
  description = "Objects, and the seal of Vault"
}

module "platform_roles" {
  source = "../.."

  cluster_name     = "example"
  namespace        = "medkg"
  release          = "medkg"
  service_accounts = { parser = "medkg-parser" }
  aws_access = {
    parser = {
      reads_buckets  = ["artifacts"]
      writes_buckets = ["artifacts"]
      reads_topics   = []
      writes_topics  = []
    }
  }
  buckets      = { artifacts = { arn = "arn:aws:s3:::example-artifacts", kms_key_arn = module.key.arn } }
  vault_unseal = { kms_key_arn = module.key.arn }
}

output "roles" {
  description = "The roles."
  value       = module.platform_roles.role_arns
}
