# One key for each kind of thing, so that each can be taken away from whoever uses it.

locals {
  log_groups  = "arn:${data.aws_partition.current.partition}:logs:${var.region}:${data.aws_caller_identity.current.account_id}:log-group:*"
  autoscaling = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"

  keys = {
    logs = {
      description = "Log groups"
      grants = {
        CloudWatchLogs = {
          service    = "logs.${var.region}.amazonaws.com"
          conditions = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = local.log_groups } }
        }
      }
    }
    secrets = {
      description = "Secrets of Kubernetes"
      grants      = {}
    }
    credentials = {
      description = "Passwords and certificates of stores"
      grants      = {}
    }
    volumes = {
      description = "Volumes of nodes and pods"
      grants = {
        AutoScaling       = { role_arn = local.autoscaling }
        AutoScalingGrants = { role_arn = local.autoscaling, create_grants = true }
      }
    }
    artifacts = {
      description = "Artifacts and embeddings"
      grants      = {}
    }
    snapshots = {
      description = "Snapshots of OpenSearch and backups of Neo4j"
      grants      = {}
    }
    audit = {
      description = "Audit records"
      grants      = {}
    }
    opensearch = {
      description = "Indices of OpenSearch"
      grants      = {}
    }
    kafka = {
      description = "Messages of Kafka"
      grants      = {}
    }
    database = {
      description = "Metadata of Airflow"
      grants      = {}
    }
    messages = {
      description = "Queues and topics of notifications"
      grants = {
        # Without a condition: on its way to a queue EventBridge tells KMS neither the account nor the rule, and with one
        # nothing would arrive. The policy of the queue says whose events it takes.
        Events = { service = "events.amazonaws.com" }
      }
    }
  }
}

module "key" {
  source   = "../../../modules/kms-key"
  for_each = local.keys

  name        = "${local.name}/${each.key}"
  description = "${each.value.description} of ${local.name}"
  grants      = each.value.grants
}
