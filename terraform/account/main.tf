# What there is once in an account, whatever runs in it: who hears when a service suddenly costs more, and the tags by which
# costs are told apart.

resource "aws_ce_anomaly_monitor" "services" {
  count = var.anomaly_monitor_arn == null ? 1 : 0

  name              = "services"
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"

  tags = { Name = "services" }
}

resource "aws_ce_anomaly_subscription" "services" {
  name             = "medical-kg-services"
  frequency        = "DAILY"
  monitor_arn_list = [local.monitor_arn]

  dynamic "subscriber" {
    for_each = var.emails
    content {
      type    = "EMAIL"
      address = subscriber.value
    }
  }

  # In US dollars beyond what was expected.
  threshold_expression {
    dimension {
      key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
      match_options = ["GREATER_THAN_OR_EQUAL"]
      values        = [tostring(var.anomaly_usd)]
    }
  }

  tags = { Name = "medical-kg-services" }
}

# AWS refuses a tag that nothing billed has carried: they come a day after the first environment.
resource "aws_ce_cost_allocation_tag" "this" {
  for_each = var.cost_allocation_tags

  tag_key = each.key
  status  = "Active"
}

locals {
  monitor_arn = var.anomaly_monitor_arn == null ? aws_ce_anomaly_monitor.services[0].arn : var.anomaly_monitor_arn
}
