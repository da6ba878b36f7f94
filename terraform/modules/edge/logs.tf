# The access log of the load balancer. Elastic Load Balancing writes into buckets with SSE-S3 alone, so this bucket is the
# one thing of the platform that is not encrypted with a key of ours.

locals {
  log_bucket  = "${var.name}-load-balancer-logs-${local.account}"
  log_arn     = "arn:${local.partition}:s3:::${local.log_bucket}"
  log_objects = "${local.log_arn}/AWSLogs/${local.account}/*"
}

# It is the end of logs: to log who writes logs would not end.
#trivy:ignore:AWS-0089
resource "aws_s3_bucket" "load_balancer_logs" {
  # checkov:skip=CKV_AWS_145: Elastic Load Balancing cannot write with a key of ours.
  # checkov:skip=CKV_AWS_144: Logs of one region are of no use in another.
  # checkov:skip=CKV_AWS_18: To log who writes logs would not end.
  # checkov:skip=CKV2_AWS_62: Nobody waits for a log.
  bucket = local.log_bucket

  # Policies know the one bucket with SSE-S3 by its purpose.
  tags = { Name = local.log_bucket, Purpose = "load-balancer-logs" }

  lifecycle {
    # Who called the api is asked for long after.
    prevent_destroy = true

    precondition {
      condition     = length(local.log_bucket) <= 63
      error_message = "The name of the log bucket, ${local.log_bucket}, is longer than the 63 characters that S3 takes: shorten name."
    }
  }
}

resource "aws_s3_bucket_versioning" "load_balancer_logs" {
  bucket = aws_s3_bucket.load_balancer_logs.id

  versioning_configuration {
    status = "Enabled"
  }
}

# Elastic Load Balancing cannot write with a key of ours.
#trivy:ignore:AWS-0132
resource "aws_s3_bucket_server_side_encryption_configuration" "load_balancer_logs" {
  bucket = aws_s3_bucket.load_balancer_logs.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_public_access_block" "load_balancer_logs" {
  bucket = aws_s3_bucket.load_balancer_logs.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "load_balancer_logs" {
  bucket = aws_s3_bucket.load_balancer_logs.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "load_balancer_logs" {
  bucket = aws_s3_bucket.load_balancer_logs.id

  rule {
    id     = "expire"
    status = "Enabled"
    filter {
      prefix = ""
    }

    expiration {
      days = var.log_retention_days
    }
    noncurrent_version_expiration {
      noncurrent_days = 30
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.load_balancer_logs]
}

resource "aws_s3_bucket_policy" "load_balancer_logs" {
  bucket = aws_s3_bucket.load_balancer_logs.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "LogsOfOurLoadBalancers"
        Effect    = "Allow"
        Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
        Action    = ["s3:PutObject"]
        Resource  = [local.log_objects]
        Condition = {
          StringEquals = { "aws:SourceAccount" = local.account }
          ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:elasticloadbalancing:${local.region}:${local.account}:loadbalancer/*" }
        }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        # A denial may name everything.
        Action    = "s3:*"
        Resource  = [local.log_arn, "${local.log_arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "ModernTlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = [local.log_arn, "${local.log_arn}/*"]
        Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
      },
    ]
  })

  depends_on = [aws_s3_bucket_public_access_block.load_balancer_logs]
}
