# The role by which the domain itself writes snapshots, below one prefix of one bucket. It deletes too: OpenSearch removes the
# files that no snapshot shares any more.

resource "aws_iam_role" "snapshots" {
  name        = "${var.name}-opensearch-snapshots"
  description = "Snapshots of the domain ${var.name}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "es.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = local.domain_arn }
      }
    }]
  })

  tags = { Name = "${var.name}-opensearch-snapshots" }
}

resource "aws_iam_role_policy" "snapshots" {
  name = "snapshots"
  role = aws_iam_role.snapshots.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "ListThePrefix"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [var.snapshots.bucket_arn]
        Condition = { StringLike = { "s3:prefix" = ["${local.base_path}/*"] } }
      },
      {
        Sid      = "ReadAndWriteThePrefix"
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"]
        Resource = ["${var.snapshots.bucket_arn}/${local.base_path}/*"]
      },
      {
        Sid      = "EncryptAndDecrypt"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [var.snapshots.kms_key_arn]
      },
    ]
  })
}

locals {
  # Its files share each other: no rule of the bucket reaches below it.
  base_path = "os"
}
