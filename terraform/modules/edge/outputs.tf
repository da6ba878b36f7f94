output "host" {
  description = "Name under which the api is reached."
  value       = var.host
}

output "certificate_arn" {
  description = "The certificate of the host, known when it is issued."
  value       = aws_acm_certificate_validation.this.certificate_arn
}

output "web_acl_arn" {
  description = "The web ACL."
  value       = aws_wafv2_web_acl.this.arn
}

output "load_balancer_security_group_id" {
  description = "Security group of the load balancer."
  value       = aws_security_group.load_balancer.id
}

output "load_balancer_log_bucket" {
  description = "Bucket for the access log of the load balancer. Known only when the load balancer may write to it."
  value       = aws_s3_bucket.load_balancer_logs.bucket
  depends_on  = [aws_s3_bucket_policy.load_balancer_logs]
}
