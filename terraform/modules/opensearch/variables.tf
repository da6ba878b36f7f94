variable "name" {
  description = "Name of the domain."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,27}$", var.name))
    error_message = "The name of a domain has 3 to 28 lower-case letters, digits and hyphens, and begins with a letter."
  }
}

variable "engine_version" {
  description = "Version, as OpenSearch_MAJOR.MINOR. An upgrade is in place, and cannot be taken back."
  type        = string

  validation {
    condition     = can(regex("^OpenSearch_(2\\.(1[79]|[2-9][0-9])|[3-9]\\.[0-9]+)$", var.engine_version))
    error_message = "The version is OpenSearch_2.17 or newer, such as OpenSearch_3.1: older ones keep no vectors in UltraWarm."
  }
}

variable "nodes" {
  description = "Nodes that hold the indices: a multiple of the zones. `iops` and `throughput` (MiB/s) are those of gp3; null: what a volume of this size has anyway."
  type = object({
    instance_type = string
    count         = optional(number, 3)
    volume_gib    = number
    iops          = optional(number)
    throughput    = optional(number)
  })

  validation {
    condition     = endswith(var.nodes.instance_type, ".search")
    error_message = "Instance types of a domain end with .search, such as r7g.large.search."
  }

  validation {
    condition     = var.nodes.volume_gib >= 10
    error_message = "A volume of a node has at least 10 GiB."
  }
}

variable "managers" {
  description = "Dedicated managers: 3 or 5 of them. Null: the nodes manage themselves."
  type = object({
    instance_type = string
    count         = optional(number, 3)
  })
  default = null

  validation {
    condition     = var.managers == null ? true : endswith(var.managers.instance_type, ".search")
    error_message = "Instance types of managers end with .search too, such as m7g.large.search."
  }
}

variable "warm" {
  description = "UltraWarm nodes, which keep indices in S3 that are only read. Null: none."
  type = object({
    instance_type = optional(string, "ultrawarm1.medium.search")
    count         = optional(number, 2)
  })
  default = null

  validation {
    condition     = var.warm == null ? true : startswith(var.warm.instance_type, "ultrawarm1.") && var.warm.count >= 2 && var.warm.count <= 150
    error_message = "UltraWarm has 2 to 150 nodes of the type ultrawarm1.medium.search or ultrawarm1.large.search."
  }
}

variable "cold" {
  description = "Whether indices may go to cold storage, which is detached until somebody asks."
  type        = bool
  default     = false
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Data subnets by zone: one to three, each a zone of the domain."
  type        = map(string)

  validation {
    condition     = contains([1, 2, 3], length(var.subnet_ids))
    error_message = "A domain lies in one, two or three zones: as many subnets."
  }
}

variable "client_security_group_ids" {
  description = "Security groups that may call the domain, by a name for each: that of the cluster."
  type        = map(string)

  validation {
    condition     = length(var.client_security_group_ids) > 0
    error_message = "A domain that nobody may call is of no use: name the security group of the cluster."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts indices and automated snapshots. Cannot be changed later."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "The key of the domain is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
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

variable "master_role_arn" {
  description = "The role that may do everything in the domain, and maps all others to roles of OpenSearch."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/", var.master_role_arn))
    error_message = "The master of the domain is a role, arn:aws:iam::ACCOUNT:role/NAME: a user with a password would have it in the state."
  }
}

variable "access_principals" {
  description = "ARNs of roles whose signed requests get through. Null: those of this account whom their own policies allow it."
  type        = list(string)
  default     = null

  validation {
    condition     = var.access_principals == null ? true : length(var.access_principals) > 0 && alltrue([for arn in var.access_principals : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(root$|role/)", arn))])
    error_message = "Access is for named roles or accounts, arn:aws:iam::ACCOUNT:role/NAME, and for at least one."
  }
}

variable "snapshots" {
  description = "The bucket of the snapshots, which lie below os/, and its key."
  type        = object({ bucket_name = string, bucket_arn = string, kms_key_arn = string })
}

variable "off_peak_hour" {
  description = "Hour (UTC) at which ten hours begin in which AWS may restart nodes for updates; snapshots are taken before, at 03:00."
  type        = number
  default     = 4

  validation {
    condition     = var.off_peak_hour >= 0 && var.off_peak_hour <= 23 && floor(var.off_peak_hour) == var.off_peak_hour
    error_message = "The off-peak window begins at a whole hour of the day, 0 to 23."
  }
}

variable "create_service_linked_role" {
  description = "Whether to make the service-linked role of OpenSearch Service, which an account needs once: `bootstrap` has it by default."
  type        = bool
  default     = false
}
