variable "name" {
  description = "Prefix of the name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]{1,90}$", var.name))
    error_message = "The name of a budget has letters, digits, dots, hyphens and underscores, 100 at most with its ending -monthly."
  }
}

variable "environment" {
  description = "Value of the tag `Environment` whose costs count."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9 _.:/=+@-]{1,256}$", var.environment))
    error_message = "Costs are told apart by the value of a tag: 1 to 256 letters, digits, spaces and _ . : / = + - @."
  }
}

variable "monthly_limit_usd" {
  description = "What the environment may cost in a month, in US dollars."
  type        = number

  validation {
    condition     = var.monthly_limit_usd >= 1
    error_message = "A budget is at least one US dollar a month."
  }
}

variable "actual_percent" {
  description = "Percent of the limit at which somebody hears of what was spent."
  type        = set(number)
  default     = [50, 80, 100]

  validation {
    condition     = alltrue([for percent in var.actual_percent : percent > 0 && percent <= 1000])
    error_message = "A share of the limit is more than 0 and at most 1000 percent."
  }
}

variable "forecast_percent" {
  description = "Percent of the limit at which somebody hears of what the month will come to."
  type        = set(number)
  default     = [100]

  validation {
    condition     = alltrue([for percent in var.forecast_percent : percent > 0 && percent <= 1000])
    error_message = "A forecast is told at more than 0 and at most 1000 percent of the limit."
  }
}

variable "emails" {
  description = "Who hears of it by mail, ten at most."
  type        = list(string)
  default     = []

  validation {
    condition     = length(var.emails) <= 10 && alltrue([for email in var.emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", email))])
    error_message = "At most ten addresses of mail, each with a name, an @ and a domain."
  }

  validation {
    condition     = length(var.emails) > 0 || var.sns_topic_arn != null
    error_message = "Somebody has to hear of it: give emails or sns_topic_arn."
  }
}

variable "sns_topic_arn" {
  description = "Topic that hears of it; its policy lets budgets.amazonaws.com publish."
  type        = string
  default     = null
}
