output "buckets" {
  description = "Buckets by purpose, with name, ARN and the key that encrypts them. Known only after they are closed and encrypted."
  value = {
    for purpose, bucket in local.primaries : purpose => {
      name        = aws_s3_bucket.this[purpose].bucket
      arn         = aws_s3_bucket.this[purpose].arn
      kms_key_arn = bucket.kms_key_arn
    }
  }
  depends_on = [
    aws_s3_bucket_ownership_controls.this,
    aws_s3_bucket_policy.this,
    aws_s3_bucket_server_side_encryption_configuration.this,
    aws_s3_bucket_versioning.this,
  ]
}

output "replicas" {
  description = "Their copies in the second region, by purpose."
  value = {
    for purpose, replica in local.replicated : purpose => {
      name        = aws_s3_bucket.this[replica].bucket
      arn         = aws_s3_bucket.this[replica].arn
      kms_key_arn = local.buckets[replica].kms_key_arn
      region      = local.buckets[replica].region
    }
  }
}
