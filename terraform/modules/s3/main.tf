data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.region

  # Names of buckets are taken world-wide: the account makes them ours.
  primaries = {
    for purpose, key in var.kms_key_arns : purpose => {
      purpose     = purpose
      name        = "${var.name}-${purpose}-${local.account}"
      region      = local.region
      kms_key_arn = key
    }
  }

  replicas = var.replication == null ? {} : {
    for purpose in var.replication.buckets : "${purpose}-replica" => {
      purpose     = purpose
      name        = "${var.name}-${purpose}-${local.account}-replica"
      region      = var.replication.region
      kms_key_arn = var.replication.kms_key_arn
    }
  }

  # A copy is closed, encrypted, locked and tidied like what it is a copy of.
  buckets = merge(local.primaries, local.replicas)
}

# Logs of access cannot be delivered to a bucket with a customer key; CloudTrail has who reads and writes objects.
#trivy:ignore:AWS-0089
resource "aws_s3_bucket" "this" {
  # checkov:skip=CKV_AWS_18: Logs of access cannot be delivered to a bucket with a customer key; CloudTrail has who reads and writes objects.
  # checkov:skip=CKV_AWS_144: Copies in another region are a variable: replication.
  # checkov:skip=CKV2_AWS_62: Nobody waits for an object: the platform tells what it wrote by Kafka.
  for_each = local.buckets

  bucket              = each.value.name
  region              = each.value.region
  object_lock_enabled = each.value.purpose == "audit"

  tags = { Name = each.value.name, Purpose = each.value.purpose }

  lifecycle {
    # What the platform cannot make again.
    prevent_destroy = true

    precondition {
      condition     = !endswith(each.key, "-replica") || each.value.region != local.region
      error_message = "Replication of ${each.value.purpose} needs a second region: the buckets are in ${local.region} themselves."
    }

    precondition {
      condition     = !endswith(each.key, "-replica") || !contains(values(var.kms_key_arns), each.value.kms_key_arn)
      error_message = "Replication of ${each.value.purpose} needs a key of the second region: replication.kms_key_arn is that of a bucket here."
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id
  region = each.value.region

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id
  region = each.value.region

  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = each.value.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id
  region = each.value.region

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id
  region = each.value.region

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

# What is written to audit is kept as it is, whoever asks: with COMPLIANCE not even the account can take it back.
resource "aws_s3_bucket_object_lock_configuration" "audit" {
  for_each = { for key, bucket in local.buckets : key => bucket if bucket.purpose == "audit" }

  bucket = aws_s3_bucket.this[each.key].id
  region = each.value.region

  rule {
    default_retention {
      mode = var.audit_lock.mode
      days = var.audit_lock.days
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
