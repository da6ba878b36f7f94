# The second apply: once Vault runs and is unsealed, and its address is known.

module "vault" {
  source = "../../../modules/vault"
  count  = var.vault_address == null ? 0 : 1

  vault            = var.vault
  namespace        = var.namespace
  service_accounts = var.service_accounts
  secret_grants    = var.secret_grants

  # No engine knows Neo4j or OpenSearch, and a key-value engine rotates nothing: a job does, every 30 days, with these rights.
  rotation = { service_account = "${var.release}-secret-rotation", keys = var.rotated_secrets }

  database          = var.vault_database
  database_password = var.vault_database_password

  aws = length(var.vault_aws_roles) == 0 ? null : { region = var.cluster.region, roles = var.vault_aws_roles }
}
