# A backup every day, kept for 35 days, with a copy in a second region.

provider "aws" {
  region = "us-east-1"
}

module "backup" {
  source = "../.."

  name        = "example"
  tags        = { Backup = "daily" }
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/0f0f0f0f-0f0f-0f0f-0f0f-0f0f0f0f0f0f"
  lock        = { min_days = 7, max_days = 90 }
  copy = {
    region      = "us-west-2"
    kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/0f0f0f0f-0f0f-0f0f-0f0f-0f0f0f0f0f0f"
  }
}

output "vault_arns" {
  description = "The vaults."
  value       = module.backup.vault_arns
}
