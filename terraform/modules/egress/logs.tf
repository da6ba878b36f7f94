# What was dropped, and every connection. AWS lets the firewall write below this prefix by itself.

locals {
  logs = { alert = "ALERT", flow = "FLOW" }
}

resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338: The environment says how long; a year where it says nothing.
  for_each = local.logs

  name              = "/aws/vendedlogs/network-firewall/${var.name}/${each.key}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn

  tags = { Name = "${var.name}-${each.key}" }
}

resource "aws_networkfirewall_logging_configuration" "this" {
  for_each = var.zones

  firewall_arn = aws_networkfirewall_firewall.this[each.key].arn

  logging_configuration {
    dynamic "log_destination_config" {
      for_each = local.logs
      content {
        log_type             = log_destination_config.value
        log_destination_type = "CloudWatchLogs"
        log_destination      = { logGroup = aws_cloudwatch_log_group.this[log_destination_config.key].name }
      }
    }
  }
}
