variable "name" {
  description = "Name of the database machine."
  type        = string

  validation {
    condition     = can(regex("^[a-z]([a-z0-9]|-[a-z0-9])+$", var.name)) && length(var.name) <= 40
    error_message = "The name begins with a letter and has up to 40 lower-case letters, digits and hyphens, of which none is at the end or follows another."
  }
}

variable "tags" {
  description = "Further tags of the machine, such as the one by which backups of AWS find it."
  type        = map(string)
  default     = {}
}

variable "database" {
  description = "Name of the database on it."
  type        = string
  default     = "airflow"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database))
    error_message = "The name of a database begins with a letter and has up to 63 lower-case letters, digits and underscores."
  }
}

variable "username" {
  description = "Name of its owner. The password is made and replaced by AWS."
  type        = string
  default     = "airflow"

  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,15}$", var.username)) && !contains(["admin", "postgres", "rdsadmin", "root", "user"], var.username)
    error_message = "The owner has up to 16 lower-case letters, digits and underscores, and no name that PostgreSQL or AWS uses itself."
  }
}

variable "engine_version" {
  description = "Version of PostgreSQL: the major one alone leaves the minor one to AWS."
  type        = string

  validation {
    condition     = can(regex("^1[5-9](\\.[0-9]+)?$", var.engine_version))
    error_message = "The version of PostgreSQL is 15 or newer, as 17 or 17.6."
  }
}

variable "major_upgrade" {
  description = "Whether `engine_version` may be a newer major version than the one that runs. It is upgraded at once then, and stands still meanwhile; there is no way back but the backups."
  type        = bool
  default     = false
}

variable "instance_class" {
  description = "Type of the machine, such as db.m7g.large."
  type        = string

  validation {
    condition     = can(regex("^db\\.[a-z0-9]+\\.[a-z0-9]+$", var.instance_class))
    error_message = "Types of database machines begin with db., such as db.m7g.large."
  }
}

variable "storage_gib" {
  description = "Storage at first; it grows by itself."
  type        = number

  validation {
    condition     = var.storage_gib >= 20 && floor(var.storage_gib) == var.storage_gib
    error_message = "gp3 begins at 20 GiB."
  }
}

variable "max_storage_gib" {
  description = "Storage at most."
  type        = number

  validation {
    condition     = var.max_storage_gib <= 65536
    error_message = "A database of RDS has at most 65536 GiB."
  }
}

variable "multi_az" {
  description = "Whether a second machine in another zone stands by."
  type        = bool
  default     = true
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Data subnets by zone: at least two, also for one machine."
  type        = map(string)

  validation {
    condition     = length(var.subnet_ids) >= 2
    error_message = "RDS asks for subnets in at least two zones, also for one machine."
  }
}

variable "client_security_group_ids" {
  description = "Security groups that may reach the database, by a name for each: that of the cluster."
  type        = map(string)

  validation {
    condition     = length(var.client_security_group_ids) > 0
    error_message = "A database that nobody may reach is of no use: name the security group of the cluster."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts storage, backups, the password and what Performance Insights records. Cannot be changed later."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "The key of the database is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "logs_kms_key_arn" {
  description = "The key that encrypts the logs; its policy has to admit CloudWatch Logs."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.logs_kms_key_arn))
    error_message = "The key of the logs is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 365

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, ... days, and for none in between."
  }
}

variable "backup_days" {
  description = "Days that automated backups are kept, to any second of which the database can be restored."
  type        = number
  default     = 30

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35 && floor(var.backup_days) == var.backup_days
    error_message = "RDS keeps automated backups for 1 to 35 days; none at all is not offered."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete it, whoever asks."
  type        = bool
  default     = true
}
