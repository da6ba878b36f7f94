module "backup" {
  source = "../../../modules/backup"

  name        = local.name
  kms_key_arn = module.key["backups"].arn
  tags        = local.backup_tags

  # Who may change vaults may take the lock off. With changeable_for_days nobody may: see first that everything is right.
  lock = { min_days = 7, max_days = 90 }
  copy = {
    region      = var.second_region
    kms_key_arn = module.backup_copy_key.arn
  }
}

module "backup_copy_key" {
  source = "../../../modules/kms-key"

  name        = "${local.name}/backup-copies"
  region      = var.second_region
  description = "Copies of backups of ${local.name}"
}

locals {
  # What carries both is backed up; the second one comes with the default tags.
  backup_tags = { Backup = "daily", Environment = local.environment }
}
