# What every other root needs before it can begin: a bucket for its state. Its own state is a file beside it, or lies in the
# bucket afterwards (docs/terraform.md).

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

module "key" {
  source = "../modules/kms-key"

  name        = "${var.name}/state"
  description = "State of Terraform"
}

# CloudTrail has who reads a state; a log bucket would need a state first.
#trivy:ignore:AWS-0089
resource "aws_s3_bucket" "state" {
  # checkov:skip=CKV_AWS_144: A copy in another region would be of a state that describes this one.
  # checkov:skip=CKV2_AWS_62: Nobody waits for a state.
  # checkov:skip=CKV_AWS_18: CloudTrail has who reads a state; a log bucket would need a state first.
  bucket = "${var.name}-terraform-state-${data.aws_caller_identity.current.account_id}"

  tags = { Name = "${var.name}-terraform-state" }

  lifecycle {
    # Without its state nobody knows what belongs to a root.
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = module.key.arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "state" {
  bucket = aws_s3_bucket.state.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

# Every apply leaves a version: those of the last year are enough.
resource "aws_s3_bucket_lifecycle_configuration" "state" {
  bucket = aws_s3_bucket.state.id

  rule {
    id     = "old-versions"
    status = "Enabled"
    filter {
      prefix = ""
    }

    noncurrent_version_expiration {
      noncurrent_days           = 365
      newer_noncurrent_versions = 20
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  depends_on = [aws_s3_bucket_versioning.state]
}

resource "aws_s3_bucket_policy" "state" {
  bucket = aws_s3_bucket.state.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        # A denial may name everything.
        Action    = "s3:*"
        Resource  = local.state_arns
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "ModernTlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = local.state_arns
        Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
      },
    ]
  })

  depends_on = [aws_s3_bucket_public_access_block.state]
}

locals {
  state_arn  = "arn:${data.aws_partition.current.partition}:s3:::${aws_s3_bucket.state.bucket}"
  state_arns = [local.state_arn, "${local.state_arn}/*"]
}

# AWS makes these roles at the first use of a service; the policies of keys name them before.
resource "aws_iam_service_linked_role" "this" {
  for_each = var.service_linked_roles

  aws_service_name = each.key
  description      = "Used by ${each.key}"

  tags = { Name = each.key }
}
