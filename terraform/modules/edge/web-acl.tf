# The web ACL of the api. The load balancer controller attaches it, from the annotation of the Ingress. Rules in order: who
# may call at all, how often, and then the rule groups of AWS.

locals {
  allowed = {
    IPV4 = [for cidr in var.allowed_cidrs : cidr if !strcontains(cidr, ":")]
    IPV6 = [for cidr in var.allowed_cidrs : cidr if strcontains(cidr, ":")]
  }
  restricted = length(var.allowed_cidrs) > 0
}

# Both families are there as soon as anything is allowlisted: an empty set matches nobody.
resource "aws_wafv2_ip_set" "allowed" {
  for_each = local.restricted ? local.allowed : {}

  name               = "${var.name}-api-${lower(each.key)}"
  description        = "Who may call the api"
  scope              = "REGIONAL"
  ip_address_version = each.key
  addresses          = each.value

  tags = { Name = "${var.name}-api-${lower(each.key)}" }
}

resource "aws_wafv2_web_acl" "this" {
  # checkov:skip=CKV_AWS_192: The group with the rule against Log4Shell is one of managed_rule_groups.
  name        = "${var.name}-api"
  description = "In front of the api"
  scope       = "REGIONAL"

  default_action {
    allow {}
  }

  dynamic "rule" {
    for_each = local.restricted ? [true] : []
    content {
      name     = "allowlist"
      priority = 1

      action {
        block {}
      }

      statement {
        not_statement {
          statement {
            or_statement {
              statement {
                ip_set_reference_statement {
                  arn = aws_wafv2_ip_set.allowed["IPV4"].arn
                }
              }
              statement {
                ip_set_reference_statement {
                  arn = aws_wafv2_ip_set.allowed["IPV6"].arn
                }
              }
            }
          }
        }
      }

      visibility_config {
        metric_name                = "${var.name}-allowlist"
        cloudwatch_metrics_enabled = true
        sampled_requests_enabled   = false
      }
    }
  }

  rule {
    name     = "rate-limit"
    priority = 2

    action {
      block {
        custom_response {
          response_code = 429
          response_header {
            name  = "Retry-After"
            value = tostring(var.rate_limit.window_seconds)
          }
        }
      }
    }

    statement {
      rate_based_statement {
        aggregate_key_type    = "IP"
        limit                 = var.rate_limit.requests
        evaluation_window_sec = var.rate_limit.window_seconds
      }
    }

    visibility_config {
      metric_name                = "${var.name}-rate-limit"
      cloudwatch_metrics_enabled = true
      sampled_requests_enabled   = false
    }
  }

  dynamic "rule" {
    for_each = var.managed_rule_groups
    iterator = group
    content {
      name     = group.key
      priority = group.value.priority

      override_action {
        dynamic "none" {
          for_each = group.value.count_only ? [] : [true]
          content {}
        }
        dynamic "count" {
          for_each = group.value.count_only ? [true] : []
          content {}
        }
      }

      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = group.key
          version     = group.value.version

          dynamic "rule_action_override" {
            for_each = toset(group.value.counted_rules)
            content {
              name = rule_action_override.key
              action_to_use {
                count {}
              }
            }
          }
        }
      }

      visibility_config {
        metric_name                = "${var.name}-${group.key}"
        cloudwatch_metrics_enabled = true
        sampled_requests_enabled   = false
      }
    }
  }

  visibility_config {
    metric_name                = "${var.name}-api"
    cloudwatch_metrics_enabled = true
    # Samples keep headers that the log leaves out.
    sampled_requests_enabled = false
  }

  tags = { Name = "${var.name}-api" }
}

# ---- what it decided

resource "aws_cloudwatch_log_group" "web_acl" {
  # checkov:skip=CKV_AWS_338: The environment says how long; a year where it says nothing.
  # WAF takes no group without this prefix.
  name              = "aws-waf-logs-${var.name}-api"
  retention_in_days = var.web_acl_log_retention_days
  kms_key_id        = var.log_kms_key_arn

  tags = { Name = "aws-waf-logs-${var.name}-api" }
}

resource "aws_cloudwatch_log_resource_policy" "web_acl" {
  policy_name = "${var.name}-web-acl"

  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "LogsOfOurWebAcls"
      Effect    = "Allow"
      Principal = { Service = "delivery.logs.amazonaws.com" }
      Action    = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource  = ["${aws_cloudwatch_log_group.web_acl.arn}:log-stream:*"]
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:logs:${local.region}:${local.account}:*" }
      }
    }]
  })
}

resource "aws_wafv2_web_acl_logging_configuration" "this" {
  resource_arn            = aws_wafv2_web_acl.this.arn
  log_destination_configs = [aws_cloudwatch_log_group.web_acl.arn]

  # Whoever reads the log must not be able to call in the name of somebody else.
  dynamic "redacted_fields" {
    for_each = toset(concat(["authorization", "cookie"], var.api_key_headers))
    content {
      single_header {
        name = redacted_fields.key
      }
    }
  }

  dynamic "logging_filter" {
    for_each = var.log_allowed_requests ? [] : [true]
    content {
      default_behavior = "DROP"
      filter {
        behavior    = "KEEP"
        requirement = "MEETS_ANY"
        dynamic "condition" {
          for_each = toset(["BLOCK", "COUNT"])
          content {
            action_condition {
              action = condition.key
            }
          }
        }
      }
    }
  }

  depends_on = [aws_cloudwatch_log_resource_policy.web_acl]
}
