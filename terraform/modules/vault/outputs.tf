output "role_names" {
  description = "Roles that log in by Kubernetes."
  value       = keys(vault_kubernetes_auth_backend_role.login)
}

output "secret_paths" {
  description = "The secrets to write, each with the field `value`: vault kv put PATH value=-."
  value       = sort(distinct([for key in flatten(values(var.secret_grants)) : "${vault_mount.kv.path}/${var.vault.folder}/${key}"]))
}
