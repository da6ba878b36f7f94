# What a Vault that runs and is unsealed has to know of the platform. No secret is here: people, or the job that rotates,
# write them below the folder, each key as a secret of its own with the field `value`.

resource "vault_audit" "this" {
  type        = "file"
  path        = "file"
  description = "Who asked for what; secrets are hashed in it"
  options     = { file_path = var.audit_file }
}

resource "vault_mount" "kv" {
  path        = var.vault.kv_mount
  type        = "kv"
  description = "Secrets of the platform"
  options     = { version = "2" }

  # With the mount go all secrets in it, and their versions.
  lifecycle {
    prevent_destroy = true
  }

  # What happens before somebody listens is never known.
  depends_on = [vault_audit.this]
}

resource "vault_auth_backend" "kubernetes" {
  path        = var.vault.auth_mount
  type        = "kubernetes"
  description = "Logins of pods, by the token of their ServiceAccount"
}

resource "vault_kubernetes_auth_backend_config" "this" {
  backend            = vault_auth_backend.kubernetes.path
  kubernetes_host    = var.kubernetes_host
  kubernetes_ca_cert = var.kubernetes_ca_cert
  # In the cluster Vault asks with the token and the certificate of its own pod, which Kubernetes replaces in time.
  disable_local_ca_jwt = var.kubernetes_ca_cert != null
}

locals {
  folder = "${var.vault.kv_mount}/data/${var.vault.folder}"

  # Vault lets nobody read a part of a secret, so each key is a secret: a service reads the keys that it declares.
  services = {
    for service, keys in var.secret_grants : "${var.vault.role_prefix}${service}" => {
      namespace       = var.namespace
      service_account = var.service_accounts[service]
      paths           = { for key in keys : "${local.folder}/${key}" => ["read"] }
    } if contains(keys(var.service_accounts), service)
  }

  # A key-value engine rotates nothing by itself: a job of the platform does, and this lets it.
  rotation = var.rotation == null ? {} : {
    "${var.vault.role_prefix}secret-rotation" = {
      namespace       = coalesce(var.rotation.namespace, var.namespace)
      service_account = var.rotation.service_account
      paths           = { for key in var.rotation.keys : "${local.folder}/${key}" => ["create", "read", "update"] }
    }
  }

  logins = merge(local.services, local.rotation, local.database_logins, local.aws_logins)
}

resource "vault_policy" "login" {
  for_each = local.logins

  name   = each.key
  policy = jsonencode({ path = { for path, capabilities in each.value.paths : path => { capabilities = capabilities } } })
}

resource "vault_kubernetes_auth_backend_role" "login" {
  for_each = local.logins

  backend                          = vault_auth_backend.kubernetes.path
  role_name                        = each.key
  bound_service_account_names      = [each.value.service_account]
  bound_service_account_namespaces = [each.value.namespace]
  audience                         = var.vault.audience
  token_policies                   = [vault_policy.login[each.key].name]
  token_ttl                        = 3600
  token_max_ttl                    = 86400
}
