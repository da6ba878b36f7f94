variable "anomaly_monitor_arn" {
  description = "The monitor of services that the account has already; an account takes one. Null: it is made."
  type        = string
  default     = null

  validation {
    condition     = var.anomaly_monitor_arn == null ? true : can(regex("^arn:[a-z-]+:ce::[0-9]{12}:anomalymonitor/.+$", var.anomaly_monitor_arn))
    error_message = "A monitor is arn:PARTITION:ce::ACCOUNT:anomalymonitor/ID: aws ce get-anomaly-monitors lists them."
  }
}

variable "anomaly_usd" {
  description = "From how many US dollars beyond the expected on somebody hears of it."
  type        = number
  default     = 100

  validation {
    condition     = var.anomaly_usd > 0
    error_message = "An anomaly costs more than nothing."
  }
}

variable "emails" {
  description = "Who hears of it, once a day."
  type        = set(string)

  validation {
    condition     = length(var.emails) > 0 && alltrue([for email in var.emails : can(regex("^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", email))])
    error_message = "Somebody has to hear of it: addresses of mail, each with a name, an @ and a domain."
  }
}

variable "cost_allocation_tags" {
  description = "Tags by which costs are told apart. Empty at first: AWS takes a tag a day after something that carries it was billed."
  type        = set(string)
  default     = []
}
