variable "cluster_name" {
  description = "Name of the cluster, and prefix of the names of the roles."
  type        = string
}

variable "identity_mode" {
  description = "How pods get their roles: `pod-identity`, or `irsa` with annotated ServiceAccounts."
  type        = string
  default     = "pod-identity"
}

variable "oidc_issuer" {
  description = "Issuer of the cluster's tokens without https://, for `irsa`."
  type        = string
  default     = ""
}

# ---- facts of the platform

variable "namespace" {
  description = "Namespace of the release."
  type        = string
}

variable "release" {
  description = "Name of the release: that of ServiceAccounts of jobs begins with it."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", var.release)) && length(var.release) <= 53
    error_message = "The name of a release has up to 53 lower-case letters, digits and hyphens, which is what Helm takes."
  }
}

variable "service_accounts" {
  description = "ServiceAccounts by service, as the chart renders them."
  type        = map(string)
}

variable "aws_access" {
  description = "What each service asks of AWS: buckets by what they are for, and topics."
  type = map(object({
    reads_buckets  = list(string)
    writes_buckets = list(string)
    reads_topics   = list(string)
    writes_topics  = list(string)
  }))

  validation {
    condition     = length(setsubtract(keys(var.aws_access), keys(var.service_accounts))) == 0
    error_message = "These services ask something of AWS and have no ServiceAccount: ${join(", ", setsubtract(keys(var.aws_access), keys(var.service_accounts)))}."
  }

  validation {
    condition     = length(setsubtract(flatten([for access in values(var.aws_access) : concat(access.reads_buckets, access.writes_buckets)]), keys(var.buckets))) == 0
    error_message = "Services ask for buckets that there are not: ${join(", ", setsubtract(flatten([for access in values(var.aws_access) : concat(access.reads_buckets, access.writes_buckets)]), keys(var.buckets)))}."
  }
}

# ---- what they work with

variable "buckets" {
  description = "Buckets by what they are for, each with the key that encrypts it."
  type        = map(object({ arn = string, kms_key_arn = string }))
}

variable "kafka" {
  description = "The cluster of brokers that ask for IAM; null without one. The ARN may be known only after an apply: whether there is one is known before."
  type        = object({ cluster_arn = string })
  default     = null

  validation {
    condition     = var.kafka == null ? true : can(regex("^arn:[a-z-]+:[a-z]+:[a-z0-9-]+:[0-9]{12}:.*cluster/.+$", var.kafka.cluster_arn))
    error_message = "The brokers are named by the ARN of their cluster, arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/ID."
  }
}

# ---- jobs around the platform; without the variable there is no role

variable "snapshots" {
  description = "The job that registers and orders snapshots of OpenSearch (ServiceAccount `RELEASE-snapshots`, unless another is named): the domain, and the role by which the domain writes to the bucket."
  type = object({
    namespace       = optional(string)
    service_account = optional(string)
    domain_arn      = string
    bucket_role_arn = string
  })
  default = null
}

variable "neo4j_backup" {
  description = "The job that backs Neo4j up (ServiceAccount `RELEASE-neo4j-backup`, unless another is named), and where to."
  type = object({
    namespace       = optional(string)
    service_account = optional(string)
    bucket_arn      = string
    kms_key_arn     = string
    prefix          = optional(string, "neo4j/")
  })
  default = null

  validation {
    condition     = var.neo4j_backup == null ? true : endswith(var.neo4j_backup.prefix, "/") && !startswith(var.neo4j_backup.prefix, "os/")
    error_message = "Backups of Neo4j lie under a prefix of their own that ends with a slash; os/ is that of OpenSearch."
  }
}

variable "airflow" {
  description = <<-EOT
    Airflow, where it keeps logs, and where flows keep the manifests, reports and approvals of their runs: below `flows/`
    of the address that the chart calls external.objectStoreUri. Tasks run as the worker, with LocalExecutor as the scheduler.
  EOT
  type = object({
    namespace     = optional(string)
    tasks_account = optional(string, "airflow-worker")
    logs = object({
      bucket_arn  = string
      kms_key_arn = string
      prefix      = optional(string, "airflow/")
    })
    flows = object({
      bucket_arn  = string
      kms_key_arn = string
      prefix      = optional(string, "flows/")
    })
  })
  default = null

  validation {
    condition     = var.airflow == null ? true : endswith(var.airflow.logs.prefix, "/") && endswith(var.airflow.flows.prefix, "/")
    error_message = "Airflow keeps logs, and flows their files, under prefixes that end with a slash."
  }
}

variable "external_secrets" {
  description = "External Secrets, the secrets of Secrets Manager that it may read, and their keys."
  type = object({
    namespace       = optional(string, "external-secrets")
    service_account = optional(string, "external-secrets")
    secret_arns     = list(string)
    kms_key_arns    = list(string)
  })
  default = null

  validation {
    condition     = var.external_secrets == null ? true : length(var.external_secrets.secret_arns) > 0 && length(var.external_secrets.kms_key_arns) > 0
    error_message = "External Secrets reads named secrets with named keys: set secret_arns and kms_key_arns."
  }
}

variable "secret_rotation" {
  description = "The job that replaces passwords every 30 days (ServiceAccount `RELEASE-secret-rotation`, unless another is named), the secrets that it may write, and their keys."
  type = object({
    namespace       = optional(string)
    service_account = optional(string)
    secret_arns     = list(string)
    kms_key_arns    = list(string)
  })
  default = null

  validation {
    condition     = var.secret_rotation == null ? true : length(var.secret_rotation.secret_arns) > 0 && length(var.secret_rotation.kms_key_arns) > 0
    error_message = "The rotation replaces named secrets with named keys: set secret_arns and kms_key_arns."
  }
}

variable "vault_unseal" {
  description = "Vault, the key of its seal, and the roles that its engine for AWS lends to others; their own trust policies have to admit this role."
  type = object({
    namespace         = optional(string, "vault")
    service_account   = optional(string, "vault")
    kms_key_arn       = string
    assumed_role_arns = optional(list(string), [])
  })
  default = null

  validation {
    condition     = var.vault_unseal == null ? true : alltrue([for arn in var.vault_unseal.assumed_role_arns : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]+$", arn))])
    error_message = "Vault lends roles that are named one by one, arn:PARTITION:iam::ACCOUNT:role/NAME: with a wildcard it could become any of them."
  }
}
