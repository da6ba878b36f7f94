mock_provider "aws" {}

variables {
  name              = "medkg-dev"
  environment       = "dev"
  monthly_limit_usd = 1500
  emails            = ["platform@example.org"]
}

run "budget" {
  command = plan

  assert {
    condition     = aws_budgets_budget.this.limit_amount == "1500" && aws_budgets_budget.this.limit_unit == "USD" && aws_budgets_budget.this.time_unit == "MONTHLY"
    error_message = "The limit is for a month."
  }

  assert {
    condition     = one([for filter in aws_budgets_budget.this.cost_filter : one(filter.values)]) == "user:Environment$dev"
    error_message = "Only what carries the tag of the environment counts."
  }

  assert {
    condition     = toset([for notification in aws_budgets_budget.this.notification : "${notification.notification_type} ${notification.threshold}"]) == toset(["ACTUAL 50", "ACTUAL 80", "ACTUAL 100", "FORECASTED 100"])
    error_message = "Somebody hears of it before the limit is reached, and when it will be."
  }

  assert {
    condition     = alltrue([for notification in aws_budgets_budget.this.notification : notification.subscriber_email_addresses == toset(["platform@example.org"])])
    error_message = "Each notification goes to who was named."
  }

  assert {
    condition     = aws_budgets_budget.this.name == "medkg-dev-monthly"
    error_message = "The budget is named like its environment."
  }
}

run "too_many_notifications" {
  command = plan
  variables {
    actual_percent = [10, 20, 30, 40, 50]
  }
  expect_failures = [aws_budgets_budget.this]
}

run "nobody_hears" {
  command = plan
  variables {
    emails = []
  }
  expect_failures = [var.emails]
}

run "of_nothing" {
  command = plan
  variables {
    environment      = ""
    forecast_percent = [0]
  }
  expect_failures = [var.environment, var.forecast_percent]
}
