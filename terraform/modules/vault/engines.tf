# Engines that make logins when somebody asks. Neo4j and OpenSearch have none: their passwords are keys like others.

locals {
  database_roles = var.database == null ? {} : var.database.roles
  database_logins = {
    for name, role in local.database_roles : "${var.vault.role_prefix}database-${name}" => {
      namespace       = role.namespace
      service_account = role.service_account
      paths           = { "database/creds/${name}" = ["read"] }
    }
  }

  aws_roles = var.aws == null ? {} : var.aws.roles
  aws_logins = {
    for name, role in local.aws_roles : "${var.vault.role_prefix}aws-${name}" => {
      namespace       = role.namespace
      service_account = role.service_account
      paths           = { "aws/sts/${name}" = ["read", "update"] }
    }
  }
}

resource "vault_mount" "database" {
  count = var.database == null ? 0 : 1

  path        = "database"
  type        = "database"
  description = "Logins of PostgreSQL that end by themselves"

  depends_on = [vault_audit.this]
}

resource "vault_database_secret_backend_connection" "postgresql" {
  count = var.database == null ? 0 : 1

  backend           = vault_mount.database[0].path
  name              = "postgresql"
  allowed_roles     = keys(local.database_roles)
  verify_connection = true

  postgresql {
    connection_url          = "postgresql://{{username}}:{{password}}@${var.database.host}:${var.database.port}/${var.database.name}?sslmode=verify-full"
    username                = var.database.username
    password_wo             = var.database_password
    password_wo_version     = var.database.password_version
    password_authentication = "scram-sha-256"
    tls_ca                  = var.database.tls_ca
  }
}

resource "vault_database_secret_backend_role" "this" {
  for_each = local.database_roles

  backend             = vault_mount.database[0].path
  name                = each.key
  db_name             = vault_database_secret_backend_connection.postgresql[0].name
  creation_statements = each.value.creation_statements
  default_ttl         = each.value.ttl_hours * 3600
  max_ttl             = each.value.ttl_hours * 3600
}

# Vault assumes these roles with the one of its own pod: it keeps no key of AWS.
resource "vault_aws_secret_backend" "this" {
  count = var.aws == null ? 0 : 1

  path        = "aws"
  description = "Logins of AWS that end by themselves"
  region      = var.aws.region

  default_lease_ttl_seconds = 3600
  max_lease_ttl_seconds     = 43200

  depends_on = [vault_audit.this]
}

resource "vault_aws_secret_backend_role" "this" {
  for_each = local.aws_roles

  backend         = vault_aws_secret_backend.this[0].path
  name            = each.key
  credential_type = "assumed_role"
  role_arns       = [each.value.role_arn]
  default_sts_ttl = 3600
  max_sts_ttl     = 3600
}
