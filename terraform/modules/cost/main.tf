# What an environment may cost in a month, and who hears of it. A budget stops nothing.

resource "aws_budgets_budget" "this" {
  name         = "${var.name}-monthly"
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = tostring(var.monthly_limit_usd)
  limit_unit   = "USD"

  # AWS knows the tag from the day on which it was made a cost allocation tag (terraform/account).
  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:Environment$%s", var.environment)]
  }

  dynamic "notification" {
    for_each = local.notifications
    content {
      comparison_operator        = "GREATER_THAN"
      notification_type          = notification.value.type
      threshold                  = notification.value.percent
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = var.emails
      subscriber_sns_topic_arns  = var.sns_topic_arn == null ? [] : [var.sns_topic_arn]
    }
  }

  tags = { Name = "${var.name}-monthly" }

  lifecycle {
    precondition {
      condition     = length(local.notifications) <= 5
      error_message = "AWS takes five notifications a budget; these are ${length(local.notifications)}."
    }
  }
}

locals {
  notifications = {
    for notification in concat(
      [for percent in var.actual_percent : { type = "ACTUAL", percent = percent }],
      [for percent in var.forecast_percent : { type = "FORECASTED", percent = percent }],
    ) : "${notification.type}/${notification.percent}" => notification
  }
}
