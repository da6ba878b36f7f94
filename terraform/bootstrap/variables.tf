variable "name" {
  description = "Prefix of the names."
  type        = string
  default     = "medkg"

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}$", var.name))
    error_message = "The name has 2 to 21 lower-case letters, digits and hyphens: with the account it has to fit the name of a bucket."
  }
}

variable "region" {
  description = "Region of the state."
  type        = string
  default     = "us-east-1"
}

variable "service_linked_roles" {
  description = <<-EOT
    Service-linked roles that the account does not have yet: Auto Scaling, which encrypts volumes of nodes, Spot, and
    OpenSearch Service, which reaches into subnets. In an account that has used them already leave them out: AWS refuses to
    make them twice.
  EOT
  type        = set(string)
  default     = ["autoscaling.amazonaws.com", "opensearchservice.amazonaws.com", "spot.amazonaws.com"]

  validation {
    condition     = alltrue([for service in var.service_linked_roles : endswith(service, ".amazonaws.com")])
    error_message = "A service-linked role is named by its service, such as autoscaling.amazonaws.com."
  }
}
