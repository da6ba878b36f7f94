variable "addons" {
  description = "What is installed: any of load-balancer-controller, cluster-autoscaler, karpenter, external-secrets, nvidia-device-plugin, dcgm-exporter, metrics-server."
  type        = set(string)
  default     = ["load-balancer-controller", "cluster-autoscaler", "karpenter", "external-secrets", "nvidia-device-plugin", "dcgm-exporter", "metrics-server"]

  validation {
    condition     = length(setsubtract(var.addons, keys(var.versions))) == 0
    error_message = "No such add-on, or no version of its chart: ${join(", ", setsubtract(var.addons, keys(var.versions)))}."
  }

  validation {
    condition     = length(var.gpu_pools) == 0 || contains(var.addons, "nvidia-device-plugin")
    error_message = "With GPU pools the cluster needs nvidia-device-plugin: the AMI of AL2023 has the driver alone, and no pod would get a GPU."
  }
}

variable "versions" {
  description = "Versions of the charts."
  type        = map(string)
  default = {
    load-balancer-controller = "3.5.0"
    cluster-autoscaler       = "9.59.0"
    karpenter                = "1.14.1"
    external-secrets         = "2.9.0"
    nvidia-device-plugin     = "0.20.0"
    dcgm-exporter            = "4.8.2"
    metrics-server           = "3.14.0"
  }

  validation {
    condition     = alltrue([for version in values(var.versions) : can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", version))])
    error_message = "Each chart is at one version, three numbers: a range would install something else tomorrow."
  }
}

variable "region" {
  description = "Region of the cluster."
  type        = string
}

variable "cluster" {
  description = "The cluster, as the root `cloud` gives it out."
  type = object({
    name                       = string
    endpoint                   = string
    vpc_id                     = string
    security_group_id          = string
    karpenter_queue_name       = string
    karpenter_instance_profile = string
    volumes_kms_key_arn        = string
  })
}

variable "identity_mode" {
  description = "How pods get their roles: `pod-identity` or `irsa`."
  type        = string
  default     = "pod-identity"

  validation {
    condition     = contains(["pod-identity", "irsa"], var.identity_mode)
    error_message = "Pods get their roles by pod-identity or by irsa."
  }
}

variable "role_arns" {
  description = "Roles of the controllers: load-balancer, cluster-autoscaler, karpenter."
  type        = map(string)

  validation {
    condition     = length(setsubtract(["load-balancer", "cluster-autoscaler", "karpenter"], keys(var.role_arns))) == 0
    error_message = "These roles are missing: ${join(", ", setsubtract(["load-balancer", "cluster-autoscaler", "karpenter"], keys(var.role_arns)))}."
  }
}

variable "gpu_pools" {
  description = "GPU pools of the platform, whose taints the DaemonSets on GPU nodes tolerate. Facts of the platform."
  type = map(object({
    gpu_type = string
    labels   = map(string)
    taints   = list(object({ key = string, value = string, effect = string }))
  }))
  default = {}
}

variable "service_monitors" {
  description = "Labels that Prometheus looks for at a ServiceMonitor; null: the cluster does not know the kind."
  type        = map(string)
  default     = null
}

variable "spot_pools" {
  description = "Pools of spot nodes for backfills, by name: the type of GPU, the most GPUs at a time, the zones (null: all), the volume of a node."
  type = map(object({
    gpu_type   = string
    max_gpus   = number
    zones      = optional(list(string))
    volume_gib = optional(number, 200)
  }))
  default = {}

  validation {
    condition     = length(var.spot_pools) == 0 || contains(var.addons, "karpenter")
    error_message = "Spot pools are Karpenter's: add karpenter to addons, or take the pools out."
  }

  validation {
    condition     = alltrue([for name, pool in var.spot_pools : can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", name)) && pool.max_gpus > 0 && pool.volume_gib >= 100])
    error_message = "A spot pool has a name of lower-case letters, digits and hyphens, at least one GPU, and at least 100 GiB for its images."
  }
}

variable "spot_ami" {
  description = "Image of spot nodes, by the alias of a release: al2023@vYYYYMMDD."
  type        = string
  default     = null

  validation {
    condition     = length(var.spot_pools) == 0 || can(regex("^al2023@v[0-9]{8}$", var.spot_ami))
    error_message = "Spot nodes need the image of one release, al2023@vYYYYMMDD: with latest every node would be replaced on the day of the next one."
  }
}

variable "tags" {
  description = "Tags of what Karpenter makes: Terraform's default tags do not reach it."
  type        = map(string)
  default     = {}
}
