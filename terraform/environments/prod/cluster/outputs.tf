output "addons" {
  description = "What is installed, with the version of its chart."
  value       = module.addons.releases
}

output "secret_paths" {
  description = "Secrets to write in Vault, each with the field `value`: vault kv put PATH value=-."
  value       = flatten(module.vault[*].secret_paths)
}

output "install" {
  description = "How the platform is installed now, with the values that came out of the root `cloud`."
  value       = "helm upgrade --install ${var.release} helm/medical-kg --namespace ${var.namespace} --create-namespace --values helm/medical-kg/values-prod.yaml --values from-terraform.yaml"
}
