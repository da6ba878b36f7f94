variable "vault" {
  description = "Where the chart looks: mount of the Kubernetes login, prefix of the roles, key-value engine, folder in it, audience of the tokens. Facts of the platform."
  type = object({
    auth_mount  = string
    role_prefix = string
    kv_mount    = string
    folder      = string
    audience    = string
  })

  validation {
    condition     = alltrue([for path in [var.vault.auth_mount, var.vault.kv_mount, var.vault.folder] : can(regex("^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$", path))])
    error_message = "Mounts and folders are paths without a slash at either end, and without the wildcards of policies: letters, digits, dots, hyphens and underscores between slashes."
  }

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]{0,63}$", var.vault.role_prefix))
    error_message = "Names of roles and policies begin with something of this platform, in lower case: Vault writes policies in lower case, and a plan would never be at rest. `default` and `root` are its own."
  }

  validation {
    condition     = var.vault.audience != ""
    error_message = "Give the audience of the tokens: without one, a token that was made for the API of Kubernetes would do here too."
  }
}

variable "namespace" {
  description = "Namespace of the platform."
  type        = string
}

variable "service_accounts" {
  description = "ServiceAccount of each service."
  type        = map(string)

  validation {
    condition     = alltrue([for account in values(var.service_accounts) : can(regex("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", account))])
    error_message = "A role is for one ServiceAccount by the name that Kubernetes takes: no wildcards."
  }
}

variable "secret_grants" {
  description = "Keys that each service may read."
  type        = map(list(string))

  validation {
    condition     = length(setsubtract(keys(var.secret_grants), keys(var.service_accounts))) == 0
    error_message = "These services have grants and no ServiceAccount: ${join(", ", setsubtract(keys(var.secret_grants), keys(var.service_accounts)))}."
  }

  validation {
    condition     = alltrue([for key in flatten(values(var.secret_grants)) : can(regex("^[A-Za-z_][A-Za-z0-9_]*$", key))])
    error_message = "A key is the name of a variable: a slash or a wildcard in it would open more than one secret."
  }
}

variable "kubernetes_host" {
  description = "Address of the API of Kubernetes, as Vault reaches it."
  type        = string
  default     = "https://kubernetes.default.svc"

  validation {
    condition     = startswith(var.kubernetes_host, "https://")
    error_message = "The API of Kubernetes is asked over https://."
  }
}

variable "kubernetes_ca_cert" {
  description = "Certificate of that API in PEM, for a Vault outside of the cluster; null: Vault runs in it, and has it."
  type        = string
  default     = null
}

variable "audit_file" {
  description = "Where Vault writes who asked for what: a path on a volume of its own, or `stdout`."
  type        = string
  default     = "stdout"
}

variable "rotation" {
  description = "The job that replaces passwords which Vault cannot rotate: its ServiceAccount, and the keys that it may write."
  type = object({
    namespace       = optional(string)
    service_account = string
    keys            = list(string)
  })
  default = null

  validation {
    condition     = var.rotation == null ? true : length(setsubtract(var.rotation.keys, flatten(values(var.secret_grants)))) == 0
    error_message = "The job would rotate what nobody reads: ${join(", ", var.rotation == null ? [] : setsubtract(var.rotation.keys, flatten(values(var.secret_grants))))}."
  }
}

variable "database" {
  description = <<-EOT
    PostgreSQL whose logins Vault makes: its address, the user that makes them, and the roles, each with its SQL, the one
    ServiceAccount that may ask for it, and its life in hours. A new `password_version` sends the password again.
  EOT
  type = object({
    host             = string
    port             = optional(number, 5432)
    name             = string
    username         = string
    password_version = number
    tls_ca           = string
    roles = map(object({
      namespace           = string
      service_account     = string
      creation_statements = list(string)
      ttl_hours           = optional(number, 24)
    }))
  })
  default = null

  validation {
    condition     = var.database == null ? true : alltrue([for role in values(var.database.roles) : role.ttl_hours >= 1 && role.ttl_hours <= 720])
    error_message = "A login of the database lives for 1 to 720 hours."
  }

  validation {
    condition     = var.database == null ? true : alltrue([for role in values(var.database.roles) : length([for sql in role.creation_statements : sql if strcontains(sql, "{{name}}") && strcontains(sql, "{{password}}") && strcontains(sql, "{{expiration}}")]) > 0])
    error_message = "One statement of each role makes the login from {{name}}, {{password}} and {{expiration}}: without the last it would never end by itself."
  }
}

variable "database_password" {
  description = "Password of `database.username`: written, never kept in the state."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true

  validation {
    condition     = (var.database == null) == (var.database_password == null)
    error_message = "Give database and database_password together, or neither."
  }
}

variable "aws" {
  description = "Roles of AWS that Vault assumes for others, by name, each with the one ServiceAccount that may ask for it."
  type = object({
    region = string
    roles = map(object({
      role_arn        = string
      namespace       = string
      service_account = string
    }))
  })
  default = null

  validation {
    condition     = var.aws == null ? true : alltrue([for role in values(var.aws.roles) : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:role/.+$", role.role_arn))])
    error_message = "Vault assumes roles by their ARN: arn:PARTITION:iam::ACCOUNT:role/NAME."
  }
}
