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
    var.airflow == null ? {} : {
      airflow-tasks = {
        description     = "Runs tasks: writes their logs, and the manifests and approvals of flows"
        namespace       = coalesce(var.airflow.namespace, var.namespace)
        service_account = var.airflow.tasks_account
        statements      = concat(local.prefix_statements["airflow_logs"], local.prefix_statements["airflow_flows"])
      }
    },
    var.airflow == null ? {} : {
      airflow-logs = {
        description     = "Writes and reads logs of what is deferred"
        namespace       = coalesce(var.airflow.namespace, var.namespace)
        service_account = "airflow-triggerer"
        statements      = local.prefix_statements["airflow_logs"]
      }
    },
    var.airflow == null ? {} : {
      airflow-log-reader = {
        description     = "Shows logs"
        namespace       = coalesce(var.airflow.namespace, var.namespace)
        service_account = "airflow-api-server"
        statements      = local.read_statements["airflow_logs"]
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

  # Prefixes of buckets that jobs write, by the name that their statements end with.
  prefixes = merge(
    var.neo4j_backup == null ? {} : { neo4j_backup = merge(var.neo4j_backup, { title = "Backups" }) },
    var.airflow == null ? {} : {
      airflow_logs  = merge(var.airflow.logs, { title = "Logs" })
      airflow_flows = merge(var.airflow.flows, { title = "Flows" })
    },
  )

  # Objects below one prefix of one bucket: written and read, never deleted.
  prefix_statements = {
    for name, place in local.prefixes : name => concat(
      [for statement in local.read_statements[name] : statement if !startswith(statement.Sid, "Decrypt")],
      [
        {
          Sid      = "Write${place.title}"
          Effect   = "Allow"
          Action   = ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"]
          Resource = ["${place.bucket_arn}/${place.prefix}*"]
        },
        {
          Sid      = "EncryptAndDecrypt${place.title}"
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource = [place.kms_key_arn]
        },
      ],
    )
  }
  read_statements = {
    for name, place in local.prefixes : name => [
      {
        Sid       = "List${place.title}"
        Effect    = "Allow"
        Action    = ["s3:ListBucket"]
        Resource  = [place.bucket_arn]
        Condition = { StringLike = { "s3:prefix" = ["${place.prefix}*"] } }
      },
      {
        Sid      = "Read${place.title}"
        Effect   = "Allow"
        Action   = ["s3:GetObject"]
        Resource = ["${place.bucket_arn}/${place.prefix}*"]
      },
      {
        Sid      = "Decrypt${place.title}"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = [place.kms_key_arn]
      },
    ]
  }
}
