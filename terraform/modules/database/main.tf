data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  major = split(".", var.engine_version)[0]
}

# Protection by AWS is a variable: development is destroyed now and then.
#trivy:ignore:AWS-0177
resource "aws_db_instance" "this" {
  # checkov:skip=CKV_AWS_157: A second machine in another zone is a variable: development does without.
  # checkov:skip=CKV_AWS_293: Protection by AWS is a variable: development is destroyed now and then.
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class
  db_name        = var.database
  username       = var.username
  port           = local.port

  # AWS makes the password, keeps it in Secrets Manager and replaces it every week: Terraform never knows it.
  manage_master_user_password   = true
  master_user_secret_kms_key_id = var.kms_key_arn

  storage_type          = "gp3"
  allocated_storage     = var.storage_gib
  max_allocated_storage = var.max_storage_gib
  storage_encrypted     = true
  kms_key_id            = var.kms_key_arn

  multi_az               = var.multi_az
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false
  ca_cert_identifier     = "rds-ca-rsa2048-g1"
  parameter_group_name   = aws_db_parameter_group.this.name

  iam_database_authentication_enabled = true

  backup_retention_period = var.backup_days
  backup_window           = "02:00-02:30"
  # Long after 05:00, when AWS Backup makes copies: it makes none in this hour, nor in the hour before.
  maintenance_window       = "sun:08:00-sun:09:00"
  delete_automated_backups = false
  copy_tags_to_snapshot    = true

  auto_minor_version_upgrade = true
  # Without both RDS refuses the version, or waits for Sunday while every plan has it to do.
  allow_major_version_upgrade = var.major_upgrade
  apply_immediately           = var.major_upgrade

  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-final"

  enabled_cloudwatch_logs_exports       = keys(aws_cloudwatch_log_group.this)
  performance_insights_enabled          = true
  performance_insights_kms_key_id       = var.kms_key_arn
  performance_insights_retention_period = 7
  monitoring_interval                   = 60
  monitoring_role_arn                   = aws_iam_role.monitoring.arn

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    # Every run, connection and variable of Airflow.
    prevent_destroy = true

    precondition {
      condition     = var.max_storage_gib >= ceil(var.storage_gib * 1.1)
      error_message = "Storage that grows needs room for it: max_storage_gib has to be at least a tenth more than storage_gib (${var.storage_gib})."
    }
  }

  depends_on = [aws_iam_role_policy_attachment.monitoring]
}

resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Data subnets of ${var.name}"
  subnet_ids  = values(var.subnet_ids)

  tags = { Name = var.name }
}

resource "aws_db_parameter_group" "this" {
  name        = "${var.name}-postgres${local.major}"
  family      = "postgres${local.major}"
  description = "PostgreSQL ${local.major} of ${var.name}"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  parameter {
    name  = "ssl_min_protocol_version"
    value = "TLSv1.2"
  }

  # Statements that take longer than a second.
  parameter {
    name  = "log_min_duration_statement"
    value = "1000"
  }

  parameter {
    name  = "log_connections"
    value = "1"
  }

  # Statements that change tables, and not those with data in them.
  parameter {
    name  = "log_statement"
    value = "ddl"
  }

  tags = { Name = "${var.name}-postgres${local.major}" }

  lifecycle {
    create_before_destroy = true
  }
}
