data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  # Everything that an administrator of the key needs, one by one: the usual kms:* would also be a right to decrypt.
  administration = [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:CreateGrant",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListKeyRotations",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:ReplicateKey",
    "kms:RevokeGrant",
    "kms:RotateKeyOnDemand",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
    "kms:UpdatePrimaryRegion",
  ]

  usage = [
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
  ]

  account = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"

  # In a key's policy the resource * is the key itself, and nothing else can stand there.
  statements = concat(
    [
      {
        Sid       = "Administration"
        Effect    = "Allow"
        Principal = { AWS = local.account }
        Action    = local.administration
        Resource  = "*"
        Condition = {}
      },
      {
        Sid       = "UseAsPoliciesOfTheAccountAllow"
        Effect    = "Allow"
        Principal = { AWS = local.account }
        Action    = concat(local.usage, ["kms:CreateGrant"])
        Resource  = "*"
        Condition = {}
      },
    ],
    [
      for sid, grant in var.grants : {
        Sid       = sid
        Effect    = "Allow"
        Principal = grant.service == null ? { AWS = grant.role_arn } : { Service = grant.service }
        Action    = grant.create_grants ? ["kms:CreateGrant"] : local.usage
        Resource  = "*"
        Condition = merge(
          grant.create_grants ? { Bool = { "kms:GrantIsForAWSResource" = "true" } } : {},
          grant.conditions,
        )
      }
    ],
  )
}

resource "aws_kms_key" "this" {
  region                  = var.region
  description             = var.description
  deletion_window_in_days = var.deletion_window_days
  enable_key_rotation     = true
  multi_region            = var.multi_region
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for statement in local.statements : { for key, value in statement : key => value if key != "Condition" || length(value) > 0 }
    ]
  })

  tags = { Name = var.name }

  lifecycle {
    # Whatever it encrypted is lost with it.
    prevent_destroy = true
  }
}

resource "aws_kms_alias" "this" {
  region        = var.region
  name          = "alias/${var.name}"
  target_key_id = aws_kms_key.this.key_id
}
