output "url" {
  description = "Address of the domain."
  value       = "https://${aws_opensearch_domain.this.endpoint}"
}

output "arn" {
  description = "ARN of the domain."
  value       = aws_opensearch_domain.this.arn
}

output "name" {
  description = "Name of the domain."
  value       = aws_opensearch_domain.this.domain_name
}

output "security_group_id" {
  description = "Security group of the domain."
  value       = aws_security_group.this.id
}

output "snapshot_role_arn" {
  description = "The role by which the domain writes snapshots, for the registration of the repository (`role_arn`)."
  value       = aws_iam_role.snapshots.arn
  depends_on  = [aws_iam_role_policy.snapshots]
}

output "snapshot_bucket" {
  description = "The bucket of the snapshots, for the registration of the repository (`bucket`)."
  value       = var.snapshots.bucket_name
}

output "snapshot_base_path" {
  description = "Where snapshots lie in the bucket, for the registration of the repository (`base_path`)."
  value       = local.base_path
}

output "log_group_names" {
  description = "Log groups by type of log."
  value       = { for type, group in aws_cloudwatch_log_group.this : type => group.name }
}
