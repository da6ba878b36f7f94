variable "name" {
  description = "Prefix of the names: a bucket is NAME-PURPOSE-ACCOUNT, its copy NAME-PURPOSE-ACCOUNT-replica."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 30 lower-case letters, digits and hyphens, and begins with a letter: with purpose and account it has to fit the 63 characters of a bucket."
  }
}

variable "kms_key_arns" {
  description = "The key of each bucket."
  type = object({
    artifacts  = string
    embeddings = string
    snapshots  = string
    audit      = string
    logs       = string
  })

  validation {
    condition     = alltrue([for key in values(var.kms_key_arns) : can(regex("^arn:[a-z-]+:kms:[a-z0-9-]+:[0-9]{12}:.+", key))])
    error_message = "Each bucket has a key, named by its ARN, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "artifact_days" {
  description = "Days after which artifacts and audit records go to infrequent access, and to deep archive, from which it takes hours to get them back."
  type = object({
    infrequent_access = optional(number, 90)
    deep_archive      = optional(number, 365)
  })
  default = {}

  validation {
    condition     = var.artifact_days.infrequent_access >= 30 && var.artifact_days.deep_archive >= var.artifact_days.infrequent_access + 30
    error_message = "S3 moves objects to infrequent access after 30 days at the earliest, and to an archive 30 days later at the earliest."
  }
}

variable "noncurrent_days" {
  description = "Days that overwritten and deleted versions are kept; those under os/ stay."
  type        = number
  default     = 30

  validation {
    condition     = var.noncurrent_days >= 1 && floor(var.noncurrent_days) == var.noncurrent_days
    error_message = "Old versions are kept for a whole number of days, at least one."
  }
}

variable "log_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 30

  validation {
    condition     = var.log_days >= 1 && floor(var.log_days) == var.log_days
    error_message = "Logs are kept for a whole number of days, at least one."
  }
}

variable "audit_lock" {
  description = "How long nobody can change or delete what is written to audit. COMPLIANCE: nobody at all; GOVERNANCE: nobody without s3:BypassGovernanceRetention."
  type = object({
    mode = optional(string, "COMPLIANCE")
    days = optional(number, 365)
  })
  default = {}

  validation {
    condition     = contains(["COMPLIANCE", "GOVERNANCE"], var.audit_lock.mode)
    error_message = "Object Lock knows two modes: COMPLIANCE and GOVERNANCE."
  }

  validation {
    condition     = var.audit_lock.days >= 1 && var.audit_lock.days <= 36500
    error_message = "Object Lock keeps objects for 1 to 36500 days."
  }
}

variable "neo4j_expiry" {
  description = <<-EOT
    Days after which backups of Neo4j expire: full ones, tagged `backup=full`, and differential ones, tagged
    `backup=differential`; `full_every_days` is the time between two full ones. Null: nothing of neo4j/ expires.
  EOT
  type = object({
    full_days         = number
    differential_days = number
    full_every_days   = number
  })
  default = null

  validation {
    condition     = var.neo4j_expiry == null ? true : var.neo4j_expiry.full_days > var.neo4j_expiry.differential_days + var.neo4j_expiry.full_every_days
    error_message = "A full backup has to outlive the differential ones that build on it: full_days has to be more than differential_days and full_every_days together."
  }

  validation {
    condition     = var.neo4j_expiry == null ? true : var.neo4j_expiry.differential_days >= 1 && var.neo4j_expiry.full_every_days >= 1
    error_message = "Backups of Neo4j are counted in whole days: differential_days and full_every_days are at least 1."
  }
}

variable "replication" {
  description = "Copies in a second region: its name, a key there, and which buckets are copied. Null: no copies."
  type = object({
    region      = optional(string)
    kms_key_arn = optional(string)
    buckets     = optional(set(string), ["artifacts", "audit", "snapshots"])
  })
  default = null

  validation {
    condition     = var.replication == null ? true : length(setsubtract(var.replication.buckets, ["artifacts", "audit", "embeddings", "logs", "snapshots"])) == 0
    error_message = "Only artifacts, embeddings, snapshots, audit and logs can be copied."
  }

  validation {
    condition     = var.replication == null ? true : length(var.replication.buckets) > 0
    error_message = "Replication without a bucket copies nothing: name buckets, or leave replication null."
  }

  validation {
    condition     = var.replication == null ? true : var.replication.region != null && var.replication.kms_key_arn != null
    error_message = "Replication needs a second region and a key in it: set region and kms_key_arn of replication."
  }
}
