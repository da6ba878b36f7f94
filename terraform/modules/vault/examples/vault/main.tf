# The secrets of two services, in a Vault that runs in their cluster.

provider "vault" {
  address = "https://vault.example.org:8200"
}

module "vault" {
  source = "../.."

  vault = {
    auth_mount  = "kubernetes"
    role_prefix = "example-"
    kv_mount    = "secret"
    folder      = "example"
    audience    = "vault"
  }
  namespace        = "example"
  service_accounts = { api = "example-api", indexer = "example-indexer" }
  secret_grants    = { api = ["API_JWT_SECRET", "OS_PASS"], indexer = ["OS_PASS"] }
}

output "secret_paths" {
  description = "What is to be written."
  value       = module.vault.secret_paths
}
