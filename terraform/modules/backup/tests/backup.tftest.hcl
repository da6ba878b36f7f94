mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
}

variables {
  name        = "medkg-prod"
  tags        = { Backup = "daily", Environment = "prod" }
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/abc"
}

run "here" {
  command = plan

  assert {
    condition     = keys(aws_backup_vault.this) == ["here"] && aws_backup_vault.this["here"].kms_key_arn == "arn:aws:kms:us-east-1:123456789012:key/abc"
    error_message = "One vault, by a key of ours."
  }

  assert {
    condition     = [for rule in aws_backup_plan.this.rule : rule.lifecycle[0].delete_after] == [35] && alltrue([for rule in aws_backup_plan.this.rule : length(rule.copy_action) == 0])
    error_message = "A backup is kept for 35 days, in one place."
  }

  assert {
    condition     = one(aws_backup_plan.this.rule).schedule == "cron(0 5 * * ? *)"
    error_message = "Backups are made at 05:00 UTC, after those of Neo4j."
  }

  assert {
    condition     = { for tag in one(aws_backup_selection.this.condition).string_equals : tag.key => tag.value } == { "aws:ResourceTag/Backup" = "daily", "aws:ResourceTag/Environment" = "prod" }
    error_message = "Only what carries all of the tags is backed up."
  }

  assert {
    condition     = length(aws_backup_vault_lock_configuration.this) == 0
    error_message = "No lock unless somebody asks for it."
  }
}

run "elsewhere" {
  command = plan
  variables {
    lock = { min_days = 7, max_days = 90, changeable_for_days = 5 }
    copy = { region = "us-west-2", kms_key_arn = "arn:aws:kms:us-west-2:123456789012:key/def" }
  }

  assert {
    condition     = aws_backup_vault.this["copy"].region == "us-west-2" && aws_backup_vault.this["copy"].kms_key_arn == "arn:aws:kms:us-west-2:123456789012:key/def"
    error_message = "The copies are in the other region, by a key there."
  }

  assert {
    condition     = alltrue([for name in ["here", "copy"] : aws_backup_vault_lock_configuration.this[name].min_retention_days == 7 && aws_backup_vault_lock_configuration.this[name].changeable_for_days == 5])
    error_message = "Both vaults are locked."
  }

  assert {
    condition     = length(one(aws_backup_plan.this.rule).copy_action) == 1
    error_message = "Each backup is copied."
  }
}

run "a_lock_that_takes_no_backup" {
  command = plan
  variables {
    lock = { min_days = 60, max_days = 90 }
  }
  expect_failures = [aws_backup_vault.this["here"]]
}

run "a_copy_in_the_same_region" {
  command = plan
  variables {
    copy = { region = "us-east-1", kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/def" }
  }
  expect_failures = [aws_backup_vault.this["here"], aws_backup_vault.this["copy"]]
}

run "keys_that_are_no_arns" {
  command = plan
  variables {
    kms_key_arn = "alias/backups"
    copy        = { region = "us-west-2", kms_key_arn = "alias/copies" }
  }
  expect_failures = [var.copy, var.kms_key_arn]
}
