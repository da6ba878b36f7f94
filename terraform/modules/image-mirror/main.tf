# Repositories in the account for images of others, so that a pull needs nobody's registry. AWS can fetch by itself from some
# registries, but not from all that the platform has images of, and puts each under a prefix of its own: the chart knows one.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  registry = "${data.aws_caller_identity.current.account_id}.dkr.ecr.${data.aws_region.current.region}.${data.aws_partition.current.dns_suffix}/${var.prefix}"
}

resource "aws_ecr_repository" "this" {
  for_each = var.images

  name = "${var.prefix}/${each.key}"
  # A tag that was tested stays what it was.
  image_tag_mutability = "IMMUTABLE"
  force_delete         = !var.deletion_protection

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = var.kms_key_arn
  }

  tags = {
    Name   = "${var.prefix}/${each.key}"
    Source = each.value
  }
}
