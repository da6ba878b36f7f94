# Copies of whatever carries a tag: volumes, file systems and databases. What copies itself (OpenSearch by its snapshots,
# buckets by their versions) does not carry it.

data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  vaults = merge(
    { here = { region = data.aws_region.current.region, kms_key_arn = var.kms_key_arn } },
    var.copy == null ? {} : { copy = { region = var.copy.region, kms_key_arn = var.copy.kms_key_arn } },
  )
}

resource "aws_backup_vault" "this" {
  for_each = local.vaults

  region      = each.value.region
  name        = var.name
  kms_key_arn = each.value.kms_key_arn

  tags = { Name = var.name }

  lifecycle {
    prevent_destroy = true

    precondition {
      condition     = var.copy == null ? true : var.copy.region != data.aws_region.current.region
      error_message = "The copies are in ${data.aws_region.current.region}, where the backups are: a copy is for the day on which that region is gone."
    }
    precondition {
      condition     = var.lock == null ? true : var.retention_days >= var.lock.min_days && var.retention_days <= var.lock.max_days
      error_message = "Backups are kept for ${var.retention_days} days, which the lock does not take: AWS would refuse every backup."
    }
  }
}

# With changeable_for_days nobody can take the lock off after these days, not even AWS; without, who may change vaults can.
resource "aws_backup_vault_lock_configuration" "this" {
  for_each = var.lock == null ? {} : local.vaults

  region              = each.value.region
  backup_vault_name   = aws_backup_vault.this[each.key].name
  min_retention_days  = var.lock.min_days
  max_retention_days  = var.lock.max_days
  changeable_for_days = var.lock.changeable_for_days
}

resource "aws_iam_role" "this" {
  name        = var.name
  description = "Makes the backups of ${var.name}, and restores them"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "backup.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })

  tags = { Name = var.name }
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = toset(["AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForRestores"])

  role       = aws_iam_role.this.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/${each.key}"
}

resource "aws_backup_plan" "this" {
  name = var.name

  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.this["here"].name
    schedule          = var.schedule
    # In minutes: a backup begins within an hour, or not at all, and has eight.
    start_window      = 60
    completion_window = 480

    # The archive is for what is kept for months.
    lifecycle {
      delete_after                              = var.retention_days
      opt_in_to_archive_for_supported_resources = false
    }

    dynamic "copy_action" {
      for_each = var.copy == null ? [] : [var.copy]
      content {
        destination_vault_arn = aws_backup_vault.this["copy"].arn
        lifecycle {
          delete_after                              = var.retention_days
          opt_in_to_archive_for_supported_resources = false
        }
      }
    }
  }

  tags = { Name = var.name }
}

resource "aws_backup_selection" "this" {
  name         = "tagged"
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.this.arn
  resources    = ["*"]

  # One account may have several environments: both tags.
  condition {
    dynamic "string_equals" {
      for_each = var.tags
      content {
        key   = "aws:ResourceTag/${string_equals.key}"
        value = string_equals.value
      }
    }
  }
}
