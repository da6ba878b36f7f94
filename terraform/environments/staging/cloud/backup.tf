module "backup" {
  source = "../../../modules/backup"

  name        = local.name
  kms_key_arn = module.key["backups"].arn
  tags        = local.backup_tags
}

locals {
  # What carries both is backed up; the second one comes with the default tags.
  backup_tags = { Backup = "daily", Environment = local.environment }
}
