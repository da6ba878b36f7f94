variable "name" {
  description = "Name of the vaults, the plan and the role."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]{2,50}$", var.name))
    error_message = "The name of a vault has 2 to 50 letters, digits and hyphens."
  }
}

variable "tags" {
  description = "Tags of what is backed up; it carries all of them."
  type        = map(string)

  validation {
    condition     = length(var.tags) > 0
    error_message = "Name the tags of what is backed up: without one it would be everything in the account."
  }
}

variable "kms_key_arn" {
  description = "Key of the vault."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "The key of the vault is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "schedule" {
  description = "When backups are made, in UTC."
  type        = string
  default     = "cron(0 5 * * ? *)"

  validation {
    condition     = can(regex("^cron\\([^()]+\\)$", var.schedule))
    error_message = "A schedule is cron(minutes hours day-of-month month day-of-week year)."
  }
}

variable "retention_days" {
  description = "How long a backup is kept, in days."
  type        = number
  default     = 35

  validation {
    condition     = var.retention_days >= 1 && floor(var.retention_days) == var.retention_days
    error_message = "A backup is kept for whole days, one at least."
  }
}

variable "lock" {
  description = "For how many days a backup has to be kept, and may be. `changeable_for_days`: after these days nobody can take the lock off."
  type = object({
    min_days            = number
    max_days            = number
    changeable_for_days = optional(number)
  })
  default = null

  validation {
    condition     = var.lock == null ? true : var.lock.min_days >= 1 && var.lock.min_days <= var.lock.max_days
    error_message = "The lock keeps backups for at least min_days and at most max_days: 1 <= min_days <= max_days."
  }

  validation {
    condition     = var.lock == null ? true : var.lock.changeable_for_days == null ? true : var.lock.changeable_for_days >= 3
    error_message = "AWS leaves three days at least to take a lock off before it is final."
  }
}

variable "copy" {
  description = "Another region, with a key there, for a copy of each backup."
  type = object({
    region      = string
    kms_key_arn = string
  })
  default = null

  validation {
    condition     = var.copy == null ? true : can(regex("^arn:[a-z-]+:kms:", var.copy.kms_key_arn))
    error_message = "The key of the copies, of their own region, is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}
