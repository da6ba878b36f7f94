output "vault_arns" {
  description = "The vaults: `here`, and `copy` where there is one."
  value       = { for name, vault in aws_backup_vault.this : name => vault.arn }
}

output "role_arn" {
  description = "The role that makes and restores backups."
  value       = aws_iam_role.this.arn
}
