output "role_arns" {
  description = "Roles by name; with IRSA each is the value of the annotation `eks.amazonaws.com/role-arn` of its ServiceAccount."
  value       = { for name, role in aws_iam_role.this : name => role.arn }
}

output "role_names" {
  description = "Names of the roles by name."
  value       = { for name, role in aws_iam_role.this : name => role.name }
}

output "service_accounts" {
  description = "The ServiceAccount of each role, as NAMESPACE/NAME."
  value       = { for name, identity in var.identities : name => "${identity.namespace}/${identity.service_account}" }
}
