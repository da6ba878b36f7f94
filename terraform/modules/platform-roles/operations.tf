# Jobs around the platform. Each role is there when its variable is set.

locals {
  operations = merge(
    var.snapshots == null ? {} : {
      snapshots = {
        description     = "Registers and orders snapshots of OpenSearch"
        namespace       = coalesce(var.snapshots.namespace, var.namespace)
        service_account = coalesce(var.snapshots.service_account, "${var.release}-snapshots")
        statements = [
          {
            Sid    = "CallTheDomain"
            Effect = "Allow"
            Action = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut"]
            Resource = [
              "${var.snapshots.domain_arn}/_snapshot/*",
              "${var.snapshots.domain_arn}/_plugins/_sm/*",
              "${var.snapshots.domain_arn}/_cluster/health",
            ]
          },
          {
            Sid      = "GiveItTheRoleForTheBucket"
            Effect   = "Allow"
            Action   = ["iam:PassRole"]
            Resource = [var.snapshots.bucket_role_arn]
          },
        ]
      }
    },
    var.neo4j_backup == null ? {} : {
      neo4j-backup = {
        description     = "Writes and reads backups of Neo4j"
        namespace       = coalesce(var.neo4j_backup.namespace, var.namespace)
        service_account = coalesce(var.neo4j_backup.service_account, "${var.release}-neo4j-backup")
        statements      = local.prefix_statements["neo4j_backup"]
      }
    },
    var.airflow_logs == null ? {} : {
      airflow-logs = {
        description     = "Writes and reads logs of tasks"
        namespace       = coalesce(var.airflow_logs.namespace, var.namespace)
        service_account = var.airflow_logs.service_account
        statements      = local.prefix_statements["airflow_logs"]
      }
    },
    var.external_secrets == null ? {} : {
      external-secrets = {
        description     = "Reads secrets for the cluster"
        namespace       = var.external_secrets.namespace
        service_account = var.external_secrets.service_account
        statements = [
          {
            Sid      = "ReadSecrets"
            Effect   = "Allow"
            Action   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
            Resource = var.external_secrets.secret_arns
          },
          { Sid = "Decrypt", Effect = "Allow", Action = ["kms:Decrypt"], Resource = var.external_secrets.kms_key_arns },
        ]
      }
    },
    var.secret_rotation == null ? {} : {
      secret-rotation = {
        description     = "Writes new passwords of stores"
        namespace       = coalesce(var.secret_rotation.namespace, var.namespace)
        service_account = coalesce(var.secret_rotation.service_account, "${var.release}-secret-rotation")
        statements = [
          {
            Sid    = "ReplaceSecrets"
            Effect = "Allow"
            Action = [
              "secretsmanager:DescribeSecret",
              "secretsmanager:GetSecretValue",
              "secretsmanager:PutSecretValue",
              "secretsmanager:UpdateSecretVersionStage",
            ]
            Resource = var.secret_rotation.secret_arns
          },
          { Sid = "Encrypt", Effect = "Allow", Action = ["kms:Decrypt", "kms:GenerateDataKey"], Resource = var.secret_rotation.kms_key_arns },
        ]
      }
    },
    var.vault_unseal == null ? {} : {
      vault-unseal = {
        description     = "Unseals Vault"
        namespace       = var.vault_unseal.namespace
        service_account = var.vault_unseal.service_account
        statements = concat(
          [
            {
              Sid      = "UseTheKeyOfTheSeal"
              Effect   = "Allow"
              Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"]
              Resource = [var.vault_unseal.kms_key_arn]
            },
          ],
          length(var.vault_unseal.assumed_role_arns) == 0 ? [] : [
            {
              Sid      = "LendRolesToOthers"
              Effect   = "Allow"
              Action   = ["sts:AssumeRole"]
              Resource = var.vault_unseal.assumed_role_arns
            },
          ],
        )
      }
    },
  )

  # Objects below one prefix of one bucket: written and read, never deleted.
  prefix_statements = {
    for name, place in { neo4j_backup = var.neo4j_backup, airflow_logs = var.airflow_logs } : name => [
      {
        Sid       = "ListThePrefix"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [place.bucket_arn]
        Condition = { StringLike = { "s3:prefix" = ["${place.prefix}*"] } }
      },
      {
        Sid      = "ReadAndWriteThePrefix"
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"]
        Resource = ["${place.bucket_arn}/${place.prefix}*"]
      },
      {
        Sid      = "EncryptAndDecrypt"
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource = [place.kms_key_arn]
      },
    ] if place != null
  }
}
