data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.region

  # Written out, because its own policies name it before it exists.
  domain_arn = "arn:${local.partition}:es:${local.region}:${local.account}:domain/${var.name}"

  zones    = length(var.subnet_ids)
  burst    = can(regex("^t[23]\\.", var.nodes.instance_type)) || (var.managers == null ? false : can(regex("^t[23]\\.", var.managers.instance_type)))
  managers = var.managers == null ? 0 : var.managers.count

  # What the service gives a gp3 volume of this size at no charge: it takes no less.
  included_iops       = max(3000, 3 * var.nodes.volume_gib)
  included_throughput = var.nodes.volume_gib > 170 ? 250 : 125
  iops                = var.nodes.iops == null ? local.included_iops : var.nodes.iops
  throughput          = var.nodes.throughput == null ? local.included_throughput : var.nodes.throughput
}

resource "aws_opensearch_domain" "this" {
  # checkov:skip=CKV_AWS_317: Audit logs are among the four kinds of logs.tf.
  # checkov:skip=CKV_AWS_318: Dedicated managers are a variable: a small domain does without.
  # checkov:skip=CKV2_AWS_59: Dedicated managers are a variable: a small domain does without.
  domain_name    = var.name
  engine_version = var.engine_version

  cluster_config {
    instance_type  = var.nodes.instance_type
    instance_count = var.nodes.count

    zone_awareness_enabled = local.zones > 1
    dynamic "zone_awareness_config" {
      for_each = local.zones > 1 ? [local.zones] : []
      content {
        availability_zone_count = zone_awareness_config.value
      }
    }

    dedicated_master_enabled = var.managers != null
    dedicated_master_type    = one(var.managers[*].instance_type)
    dedicated_master_count   = one(var.managers[*].count)

    warm_enabled = var.warm != null
    warm_type    = one(var.warm[*].instance_type)
    warm_count   = one(var.warm[*].count)

    dynamic "cold_storage_options" {
      # AWS takes the block only where it could be on.
      for_each = var.managers == null || local.burst ? [] : [var.cold]
      content {
        enabled = cold_storage_options.value
      }
    }
  }

  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = var.nodes.volume_gib
    iops        = local.iops
    throughput  = local.throughput
  }

  vpc_options {
    subnet_ids         = values(var.subnet_ids)
    security_group_ids = [aws_security_group.this.id]
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = var.kms_key_arn
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  # A master user with a password would have it in the state of Terraform; a role has none.
  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = false
    anonymous_auth_enabled         = false
    master_user_options {
      master_user_arn = var.master_role_arn
    }
  }

  # Who gets through is a role of the account whose own policy says so too; what it may do in there, the roles of OpenSearch say.
  access_policies = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "SignedRequests"
      Effect    = "Allow"
      Principal = { AWS = var.access_principals == null ? ["arn:${local.partition}:iam::${local.account}:root"] : var.access_principals }
      Action    = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"]
      Resource  = ["${local.domain_arn}/*"]
    }]
  })

  dynamic "log_publishing_options" {
    for_each = aws_cloudwatch_log_group.this
    content {
      log_type                 = log_publishing_options.key
      cloudwatch_log_group_arn = log_publishing_options.value.arn
      enabled                  = true
    }
  }

  auto_tune_options {
    # Machines that burst know none of it.
    desired_state       = local.burst ? "DISABLED" : "ENABLED"
    rollback_on_disable = "NO_ROLLBACK"
  }

  off_peak_window_options {
    enabled = true
    off_peak_window {
      window_start_time {
        hours   = var.off_peak_hour
        minutes = 0
      }
    }
  }

  software_update_options {
    auto_software_update_enabled = true
  }

  tags = { Name = var.name }

  # A change of its size moves all data to new nodes.
  timeouts {
    create = "120m"
    update = "180m"
    delete = "90m"
  }

  lifecycle {
    # The index of everything, days of work away.
    prevent_destroy = true

    precondition {
      condition     = var.warm == null || var.managers != null
      error_message = "UltraWarm needs dedicated managers: set managers, or leave warm null."
    }

    precondition {
      condition     = var.warm == null || !local.burst
      error_message = "UltraWarm does not go with T2 and T3 nodes: choose other instance types for nodes and managers, or leave warm null."
    }

    precondition {
      condition     = !var.cold || var.warm != null
      error_message = "Cold storage is behind UltraWarm: set warm, or leave cold false."
    }

    precondition {
      condition     = var.managers == null || local.managers % 2 == 1
      error_message = "An even number of dedicated managers (${local.managers}) cannot elect one when half of them are cut off: AWS takes 3 or 5."
    }

    precondition {
      condition     = var.managers == null || local.managers % 2 == 0 || contains([3, 5], local.managers)
      error_message = "${local.managers} dedicated managers: one alone is a domain without a manager when it is gone, and AWS takes at most 5. Choose 3 or 5."
    }

    precondition {
      condition     = local.iops >= local.included_iops && local.throughput >= local.included_throughput
      error_message = "A volume of ${var.nodes.volume_gib} GiB has at least ${local.included_iops} IOPS and ${local.included_throughput} MiB/s in OpenSearch Service, at no charge: ask for more, or leave both out."
    }

    precondition {
      condition     = var.nodes.count >= local.zones && var.nodes.count % local.zones == 0
      error_message = "${var.nodes.count} nodes do not spread evenly over ${local.zones} zones: as many subnets as zones, and a multiple of that many nodes."
    }
  }

  # Without the role AWS cannot reach into the subnets, without the policy it cannot write the logs.
  depends_on = [aws_cloudwatch_log_resource_policy.this, aws_iam_service_linked_role.this]
}

# One for each account: AWS refuses a second one.
resource "aws_iam_service_linked_role" "this" {
  count = var.create_service_linked_role ? 1 : 0

  aws_service_name = "opensearchservice.amazonaws.com"
  description      = "Lets OpenSearch Service reach into the subnets of its domains"

  tags = { Name = "opensearchservice.amazonaws.com" }
}
