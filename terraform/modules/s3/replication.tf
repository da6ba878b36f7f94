locals {
  # Buckets whose writers delete what is old.
  thinned = ["snapshots"]

  deletions = [
    for purpose, replica in local.replicated : {
      Sid      = "WriteDeletionsOf${title(purpose)}"
      Effect   = "Allow"
      Action   = ["s3:ReplicateDelete"]
      Resource = ["${local.arns[replica]}/*"]
    } if contains(local.thinned, purpose)
  ]

  replicated = var.replication == null ? {} : { for purpose in var.replication.buckets : purpose => "${purpose}-replica" }
}

resource "aws_iam_role" "replication" {
  count = length(local.replicated) > 0 ? 1 : 0

  name        = "${var.name}-replication"
  description = "Copies objects of ${var.name} to the second region"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = [for purpose in keys(local.replicated) : local.arns[purpose]] }
      }
    }]
  })

  tags = { Name = "${var.name}-replication" }
}

resource "aws_iam_role_policy" "replication" {
  count = length(local.replicated) > 0 ? 1 : 0

  name = "replicate"
  role = aws_iam_role.replication[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Sid      = "ListSources"
        Effect   = "Allow"
        Action   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
        Resource = [for purpose in keys(local.replicated) : local.arns[purpose]]
      },
      {
        # Retention and legal hold: a copy of a locked object is locked as long.
        Sid    = "ReadVersions"
        Effect = "Allow"
        Action = [
          "s3:GetObjectLegalHold",
          "s3:GetObjectRetention",
          "s3:GetObjectVersionAcl",
          "s3:GetObjectVersionForReplication",
          "s3:GetObjectVersionTagging",
        ]
        Resource = [for purpose in keys(local.replicated) : "${local.arns[purpose]}/*"]
      },
      {
        Sid      = "WriteCopies"
        Effect   = "Allow"
        Action   = ["s3:ReplicateObject", "s3:ReplicateTags"]
        Resource = [for replica in values(local.replicated) : "${local.arns[replica]}/*"]
      },
      {
        Sid       = "DecryptSources"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = distinct([for purpose in keys(local.replicated) : local.buckets[purpose].kms_key_arn])
        Condition = { StringLike = { "kms:ViaService" = "s3.${local.region}.*" } }
      },
      {
        Sid       = "EncryptCopies"
        Effect    = "Allow"
        Action    = ["kms:Encrypt", "kms:GenerateDataKey"]
        Resource  = distinct([for replica in values(local.replicated) : local.buckets[replica].kms_key_arn])
        Condition = { StringLike = { "kms:ViaService" = "s3.${var.replication.region}.*" } }
      },
    ], local.deletions)
  })
}

resource "aws_s3_bucket_replication_configuration" "this" {
  for_each = local.replicated

  bucket = aws_s3_bucket.this[each.key].id
  role   = aws_iam_role.replication[0].arn

  rule {
    id       = "everything"
    status   = "Enabled"
    priority = 0

    filter {
      prefix = ""
    }
    # What is deleted here by mistake is still there. But old snapshots and backups are deleted by those who wrote them: a copy
    # that hears nothing of it would keep them for ever. As versions they stay there too, like here.
    delete_marker_replication {
      status = contains(local.thinned, each.key) ? "Enabled" : "Disabled"
    }
    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }
    destination {
      bucket        = aws_s3_bucket.this[each.value].arn
      storage_class = "STANDARD"

      encryption_configuration {
        replica_kms_key_id = local.buckets[each.value].kms_key_arn
      }
      metrics {
        status = "Enabled"
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.this, aws_iam_role_policy.replication]
}
