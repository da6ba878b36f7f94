output "uri" {
  description = "Where clients begin."
  value       = "neo4j+s://${aws_route53_record.all.name}:7687"
}

output "names" {
  description = "Names of the servers."
  value       = local.names
}

output "security_group_id" {
  description = "Security group of the servers."
  value       = aws_security_group.this.id
}

output "instance_ids" {
  description = "Machines by server: aws ssm start-session --target ID."
  value       = { for server, machine in aws_instance.this : server => machine.id }
}

output "volume_ids" {
  description = "Data volumes by server."
  value       = { for server, volume in aws_ebs_volume.data : server => volume.id }
}

output "admin_secret_arn" {
  description = "Secret with the password of the user neo4j."
  value       = aws_secretsmanager_secret.admin.arn
}

output "role_arn" {
  description = "Role of the machines."
  value       = aws_iam_role.this.arn
}
