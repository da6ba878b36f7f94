variable "cluster" {
  description = "The cluster: output `cluster` of the root `cloud`."
  type = object({
    name                       = string
    region                     = string
    endpoint                   = string
    certificate_authority      = string
    vpc_id                     = string
    security_group_id          = string
    identity_mode              = string
    role_arns                  = map(string)
    karpenter_queue_name       = string
    karpenter_instance_profile = string
    volumes_kms_key_arn        = string
  })
}

variable "vault_address" {
  description = "Address of Vault, once it runs and is unsealed; null: it is not there yet, and nothing of it is made."
  type        = string
  default     = null
}

variable "vault_database" {
  description = <<-EOT
    PostgreSQL whose logins Vault makes: address, port and name as in output `airflow_database` of the root `cloud`, a user of
    it that may make others (not the owner, whose password AWS replaces every week), the certificates of RDS in the region,
    and who may ask for which login. Null: no such engine. A new `password_version` sends the password again.
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
}

variable "vault_database_password" {
  description = "Password of `vault_database.username`: TF_VAR_vault_database_password, and no file. Vault gets it, the state does not."
  type        = string
  default     = null
  ephemeral   = true
  sensitive   = true
}

variable "vault_aws_roles" {
  description = "Roles of AWS that Vault assumes for others, by name: those of `vault_assumed_role_arns` in the root `cloud`, each with the one ServiceAccount that may ask for it. None: no such engine."
  type = map(object({
    role_arn        = string
    namespace       = string
    service_account = string
  }))
  default = {}
}

variable "rotated_secrets" {
  description = "Keys that the job of the rotation may write: passwords of stores that Vault has no engine for."
  type        = list(string)
  default     = ["NEO4J_PASSWORD", "OS_PASS"]
}

variable "service_monitors" {
  description = "Labels that Prometheus looks for at a ServiceMonitor; null: the cluster does not know the kind."
  type        = map(string)
  default     = null
}

# ---- facts of the platform: platform.auto.tfvars.json

variable "namespace" {
  description = "Namespace of the platform."
  type        = string
}

variable "release" {
  description = "Release of the chart."
  type        = string
}

variable "service_accounts" {
  description = "ServiceAccount of each service, as the chart renders it."
  type        = map(string)
}

variable "gpu_pools" {
  description = "GPU pools of the platform."
  type = map(object({
    gpu_type = string
    labels   = map(string)
    taints   = list(object({ key = string, value = string, effect = string }))
  }))
}

variable "secret_grants" {
  description = "Keys that each service may read."
  type        = map(list(string))
}

variable "vault" {
  description = "Where the chart looks for secrets."
  type = object({
    auth_mount  = string
    role_prefix = string
    kv_mount    = string
    folder      = string
    audience    = string
  })
}
