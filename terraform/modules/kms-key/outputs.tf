output "arn" {
  description = "ARN of the key. Known only after its alias exists, so that nothing uses a key that is half made."
  value       = aws_kms_key.this.arn
  depends_on  = [aws_kms_alias.this]
}

output "id" {
  description = "Id of the key."
  value       = aws_kms_key.this.key_id
}

output "alias" {
  description = "Alias of the key."
  value       = aws_kms_alias.this.name
}
