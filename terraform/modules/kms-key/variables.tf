variable "name" {
  description = "Name of the key; its alias is `alias/NAME`."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9/_-]{1,200}$", var.name)) && !startswith(var.name, "aws/")
    error_message = "The name of a key has up to 200 letters, digits and / _ -, and does not begin with aws/, which AWS keeps for itself."
  }
}

variable "description" {
  description = "What the key encrypts."
  type        = string
}

variable "grants" {
  description = <<-EOT
    Who may use the key besides those whom policies of the account allow it, by statement id: a `service` principal of AWS
    or a `role_arn`. `create_grants` allows grants for AWS resources in place of use. `conditions` are those of a
    policy, as `{ StringEquals = { "aws:SourceAccount" = "..." } }`.
  EOT
  type = map(object({
    service       = optional(string)
    role_arn      = optional(string)
    create_grants = optional(bool, false)
    conditions    = optional(map(map(string)), {})
  }))
  default = {}

  validation {
    condition     = alltrue([for grant in values(var.grants) : (grant.service == null) != (grant.role_arn == null)])
    error_message = "Each grant names either a service or a role_arn, and not both."
  }

  validation {
    condition     = alltrue([for sid in keys(var.grants) : can(regex("^[A-Za-z0-9]+$", sid))])
    error_message = "The key of a grant is its statement id: letters and digits only."
  }
}

variable "deletion_window_days" {
  description = "Days in which a deletion can be taken back."
  type        = number
  default     = 30

  validation {
    condition     = var.deletion_window_days >= 7 && var.deletion_window_days <= 30
    error_message = "AWS deletes a key after 7 to 30 days."
  }
}

variable "multi_region" {
  description = "Whether the key may have replicas in other regions. Cannot be changed later."
  type        = bool
  default     = false
}

variable "region" {
  description = "Region of the key; null: that of the provider. A copy in another region needs a key there."
  type        = string
  default     = null
}
