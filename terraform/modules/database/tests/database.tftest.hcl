mock_provider "aws" {
  override_during = plan

  mock_data "aws_partition" {
    defaults = { partition = "aws-us-gov" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_resource "aws_db_instance" {
    defaults = {
      address            = "medkg-airflow.abc.us-gov-east-1.rds.amazonaws.com"
      master_user_secret = [{ kms_key_id = "key", secret_arn = "arn:aws-us-gov:secretsmanager:us-gov-east-1:123456789012:secret:rds-1", secret_status = "active" }]
    }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws-us-gov:iam::123456789012:role/medkg-airflow-database-monitoring" }
  }
  mock_resource "aws_security_group" {
    defaults = { id = "sg-database" }
  }
}

variables {
  name            = "medkg-airflow"
  engine_version  = "17"
  instance_class  = "db.m7g.large"
  storage_gib     = 50
  max_storage_gib = 200
  vpc_id          = "vpc-1"
  subnet_ids = {
    us-gov-east-1a = "subnet-a"
    us-gov-east-1b = "subnet-b"
  }
  client_security_group_ids = { cluster = "sg-cluster" }
  kms_key_arn               = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/database"
  logs_kms_key_arn          = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/logs"
}

run "a_password_that_terraform_never_knows" {
  command = plan

  assert {
    condition     = aws_db_instance.this.manage_master_user_password && aws_db_instance.this.master_user_secret_kms_key_id == var.kms_key_arn
    error_message = "AWS makes the password, and encrypts it with the given key."
  }

  assert {
    condition     = output.secret_arn == "arn:aws-us-gov:secretsmanager:us-gov-east-1:123456789012:secret:rds-1"
    error_message = "Who needs it is told where it is."
  }

  assert {
    condition     = aws_db_instance.this.iam_database_authentication_enabled
    error_message = "Roles may log in without a password."
  }
}

run "closed_and_encrypted" {
  command = plan

  assert {
    condition = (
      aws_db_instance.this.storage_encrypted &&
      aws_db_instance.this.kms_key_id == var.kms_key_arn &&
      aws_db_instance.this.performance_insights_kms_key_id == var.kms_key_arn
    )
    error_message = "Storage and what is recorded of queries are encrypted with the given key."
  }

  assert {
    condition     = !aws_db_instance.this.publicly_accessible && aws_db_subnet_group.this.subnet_ids == toset(["subnet-a", "subnet-b"])
    error_message = "It lies in the subnets that it is given, and has no public address."
  }

  assert {
    condition = (
      { for client, rule in aws_vpc_security_group_ingress_rule.clients : client => rule.referenced_security_group_id } == { cluster = "sg-cluster" } &&
      aws_vpc_security_group_ingress_rule.clients["cluster"].from_port == 5432 &&
      aws_vpc_security_group_ingress_rule.clients["cluster"].to_port == 5432 &&
      aws_db_instance.this.vpc_security_group_ids == toset(["sg-database"])
    )
    error_message = "PostgreSQL for the cluster alone."
  }

  assert {
    condition = (
      contains([for parameter in aws_db_parameter_group.this.parameter : "${parameter.name}=${parameter.value}"], "rds.force_ssl=1") &&
      contains([for parameter in aws_db_parameter_group.this.parameter : "${parameter.name}=${parameter.value}"], "ssl_min_protocol_version=TLSv1.2")
    )
    error_message = "TLS 1.2 or newer, by force."
  }

  assert {
    condition     = aws_db_parameter_group.this.family == "postgres17" && aws_db_instance.this.parameter_group_name == "medkg-airflow-postgres17"
    error_message = "The parameters are those of its major version."
  }
}

run "kept_whatever_happens" {
  command = plan

  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_instance.this.deletion_protection && !aws_db_instance.this.allow_major_version_upgrade
    error_message = "A second machine stands by, and AWS refuses to delete it, or to upgrade it unasked."
  }

  assert {
    condition     = aws_db_instance.this.backup_retention_period == 30 && !aws_db_instance.this.delete_automated_backups
    error_message = "Backups of 30 days, which outlive the machine."
  }

  assert {
    condition     = !aws_db_instance.this.skip_final_snapshot && aws_db_instance.this.final_snapshot_identifier == "medkg-airflow-final"
    error_message = "A last snapshot is taken."
  }

  assert {
    condition     = aws_db_instance.this.storage_type == "gp3" && aws_db_instance.this.allocated_storage == 50 && aws_db_instance.this.max_allocated_storage == 200
    error_message = "Storage grows as far as it may."
  }
}

run "copied_by_aws_backup" {
  command = plan
  variables { tags = { Backup = "daily" } }

  assert {
    condition     = aws_db_instance.this.tags == tomap({ Backup = "daily", Name = "medkg-airflow" })
    error_message = "It carries the tag by which backups find it."
  }

  assert {
    condition     = aws_db_instance.this.backup_window == "02:00-02:30" && aws_db_instance.this.maintenance_window == "sun:08:00-sun:09:00"
    error_message = "Neither window is within an hour of 05:00: AWS Backup would make no copy."
  }
}

run "a_new_major_version" {
  command = plan
  variables {
    engine_version = "18"
    major_upgrade  = true
  }

  assert {
    condition     = aws_db_instance.this.allow_major_version_upgrade && aws_db_instance.this.apply_immediately && aws_db_instance.this.parameter_group_name == "medkg-airflow-postgres18"
    error_message = "An upgrade that is asked for happens at once, with the parameters of the new version."
  }
}

run "refuses_a_name_that_rds_and_iam_refuse" {
  command = plan
  variables { name = "m-e-d-k-g-p-r-o-d-a-i-r-f-l-o-w-d-a-t-a-b" }
  expect_failures = [var.name]
}

run "logs_and_measures" {
  command = plan

  assert {
    condition = (
      { for kind, group in aws_cloudwatch_log_group.this : kind => group.name } == { postgresql = "/aws/rds/instance/medkg-airflow/postgresql", upgrade = "/aws/rds/instance/medkg-airflow/upgrade" } &&
      alltrue([for group in values(aws_cloudwatch_log_group.this) : group.kms_key_id == var.logs_kms_key_arn && group.retention_in_days == 365])
    )
    error_message = "The groups that RDS writes to exist before it does, encrypted and kept for a year."
  }

  assert {
    condition     = aws_db_instance.this.enabled_cloudwatch_logs_exports == toset(["postgresql", "upgrade"])
    error_message = "Both logs are exported."
  }

  assert {
    condition = (
      aws_db_instance.this.monitoring_interval == 60 &&
      aws_db_instance.this.monitoring_role_arn == aws_iam_role.monitoring.arn &&
      aws_iam_role_policy_attachment.monitoring.policy_arn == "arn:aws-us-gov:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
    )
    error_message = "The machine is measured, in its partition."
  }
}

run "small_and_cheap" {
  command = plan
  variables {
    multi_az            = false
    deletion_protection = false
    backup_days         = 1
  }

  assert {
    condition     = !aws_db_instance.this.multi_az && !aws_db_instance.this.deletion_protection && aws_db_instance.this.backup_retention_period == 1
    error_message = "One machine that may be deleted, for development."
  }
}

run "refuses_storage_that_cannot_grow" {
  command = plan
  variables { max_storage_gib = 54 }
  expect_failures = [aws_db_instance.this]
}

run "refuses_what_rds_refuses" {
  command = plan
  variables {
    name                      = "medkg--airflow"
    database                  = "Airflow"
    username                  = "admin"
    engine_version            = "12.4"
    instance_class            = "m7g.large"
    storage_gib               = 10
    max_storage_gib           = 70000
    subnet_ids                = { us-gov-east-1a = "subnet-a" }
    client_security_group_ids = {}
    kms_key_arn               = "alias/database"
    logs_kms_key_arn          = "alias/logs"
    log_retention_days        = 10
    backup_days               = 0
  }
  expect_failures = [
    var.name,
    var.database,
    var.username,
    var.engine_version,
    var.instance_class,
    var.storage_gib,
    var.max_storage_gib,
    var.subnet_ids,
    var.client_security_group_ids,
    var.kms_key_arn,
    var.logs_kms_key_arn,
    var.log_retention_days,
    var.backup_days,
  ]
}
