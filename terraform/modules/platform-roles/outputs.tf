output "role_arns" {
  description = "All roles by name."
  value       = module.identities.role_arns
}

output "service_role_arns" {
  description = "Roles of the platform's services by service; with IRSA the chart annotates their ServiceAccounts with them."
  value       = { for service, arn in module.identities.role_arns : service => arn if contains(keys(var.aws_access), service) }
}

output "service_accounts" {
  description = "The ServiceAccount of each role, as NAMESPACE/NAME."
  value       = module.identities.service_accounts
}
