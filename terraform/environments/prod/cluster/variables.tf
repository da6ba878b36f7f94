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

variable "service_monitors" {
  description = "Labels that Prometheus looks for at a ServiceMonitor; null: the cluster does not know the kind."
  type        = map(string)
  default     = null
}

variable "spot_ami" {
  description = "Image of spot nodes, by the alias of a release: al2023@vYYYYMMDD."
  type        = string
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
