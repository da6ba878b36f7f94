locals {
  brokers = length(var.subnet_ids) * var.brokers_per_zone

  # Copies of each message, and how many of them have to be written before a producer hears of it.
  copies         = 3
  written_copies = 2

  # What AWS recommends at most for a broker, copies included; more than that and it refuses to change the cluster.
  size = split(".", var.instance_type)[2]
  most_partitions_per_broker = (
    local.size == "small" ? 300 :
    contains(["large", "xlarge"], local.size) ? 1000 :
    local.size == "2xlarge" ? 2000 : 4000
  )
  partitions = sum([for topic in values(var.topics) : topic.partitions]) * local.copies
}

resource "aws_msk_cluster" "this" {
  cluster_name           = var.name
  kafka_version          = var.kafka_version
  number_of_broker_nodes = local.brokers
  enhanced_monitoring    = "PER_BROKER"

  broker_node_group_info {
    instance_type   = var.instance_type
    client_subnets  = values(var.subnet_ids)
    security_groups = [aws_security_group.this.id]
    az_distribution = "DEFAULT"

    storage_info {
      ebs_storage_info {
        volume_size = var.volume_gib
      }
    }

    connectivity_info {
      public_access {
        type = "DISABLED"
      }
    }
  }

  client_authentication {
    unauthenticated = false
    sasl {
      iam   = true
      scram = false
    }
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = var.kms_key_arn
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.this.arn
    revision = aws_msk_configuration.this.latest_revision
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.brokers.name
      }
    }
  }

  open_monitoring {
    prometheus {
      jmx_exporter {
        enabled_in_broker = true
      }
      node_exporter {
        enabled_in_broker = true
      }
    }
  }

  tags = { Name = var.name }

  # Brokers are restarted one after the other.
  timeouts {
    create = "120m"
    update = "180m"
    delete = "120m"
  }

  lifecycle {
    # What was sent and not yet read.
    prevent_destroy = true

    # Storage grows by itself, and never shrinks.
    ignore_changes = [broker_node_group_info[0].storage_info[0].ebs_storage_info[0].volume_size]

    precondition {
      condition     = local.partitions <= local.most_partitions_per_broker * local.brokers
      error_message = "${local.partitions} partitions, copies included, are too many for ${local.brokers} brokers of ${var.instance_type}: AWS takes ${local.most_partitions_per_broker} for each."
    }
  }
}

resource "aws_msk_configuration" "this" {
  name        = var.name
  description = "Brokers of ${var.name}"

  server_properties = join("\n", [for name, value in local.server_properties : "${name} = ${value}"])
}

locals {
  server_properties = {
    # A name that is not in the platform's model is a mistake, and no new topic.
    "auto.create.topics.enable"                = "false"
    "delete.topic.enable"                      = "true"
    "default.replication.factor"               = local.copies
    "min.insync.replicas"                      = local.written_copies
    "offsets.topic.replication.factor"         = local.copies
    "transaction.state.log.replication.factor" = local.copies
    "transaction.state.log.min.isr"            = local.written_copies
    # A broker that lacks messages does not become the one to read from.
    "unclean.leader.election.enable" = "false"
    "log.retention.hours"            = 168
    "compression.type"               = "producer"
  }
}

resource "aws_cloudwatch_log_group" "brokers" {
  # checkov:skip=CKV_AWS_338: The environment says how long.
  name              = "/aws/msk/${var.name}/brokers"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_kms_key_arn

  tags = { Name = "${var.name}-brokers" }
}
