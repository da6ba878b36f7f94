# The second apply: once Vault runs and is unsealed, and its address is known.

module "vault" {
  source = "../../../modules/vault"
  count  = var.vault_address == null ? 0 : 1

  vault            = var.vault
  namespace        = var.namespace
  service_accounts = var.service_accounts
  secret_grants    = var.secret_grants
}
