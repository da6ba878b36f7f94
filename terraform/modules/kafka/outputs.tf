output "bootstrap_brokers" {
  description = "Brokers with the port for logins by IAM, comma-separated. Known only after the topics exist."
  value       = aws_msk_cluster.this.bootstrap_brokers_sasl_iam
  depends_on  = [aws_msk_topic.this]
}

output "cluster_arn" {
  description = "ARN of the cluster, for policies of its clients."
  value       = aws_msk_cluster.this.arn
}

output "security_group_id" {
  description = "Security group of the brokers."
  value       = aws_security_group.this.id
}

output "log_group_name" {
  description = "Log group of the brokers."
  value       = aws_cloudwatch_log_group.brokers.name
}
