variable "name" {
  description = "Name of the cluster and prefix of the names of its parts."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 lower-case letters, digits and hyphens, and begins with a letter: IAM takes 64 characters for it and the name of a role."
  }
}

variable "tags" {
  description = "Tags of what launch templates make: default tags of the provider do not reach nodes and their volumes."
  type        = map(string)
  default     = {}
}

variable "kubernetes_version" {
  description = "Version of Kubernetes. One minor version at a time goes up, and none goes down."
  type        = string

  validation {
    condition     = can(regex("^1\\.[0-9]{2}$", var.kubernetes_version))
    error_message = "The version is major and minor, such as 1.36: EKS chooses the patch."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the cluster."
  type        = bool
  default     = true
}

# ---- network

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "vpc_cidr" {
  description = "Range of the network, which that of Services has to stay outside of."
  type        = string

  validation {
    condition     = try(cidrsubnet(var.vpc_cidr, 0, 0) == var.vpc_cidr, false)
    error_message = "vpc_cidr is a CIDR block that begins at its first address, such as 10.0.0.0/16."
  }
}

variable "private_subnet_ids" {
  description = "Private subnets by zone, for the control plane and the nodes."
  type        = map(string)

  validation {
    condition     = length(var.private_subnet_ids) >= 2
    error_message = "EKS wants subnets in two zones at least."
  }
}

variable "service_cidr" {
  description = "Range of the addresses of Services: outside of the network, and for ever."
  type        = string
  default     = "172.20.0.0/16"

  validation {
    condition     = can(regex("^(10\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.)", var.service_cidr)) && try(tonumber(split("/", var.service_cidr)[1]) >= 12 && tonumber(split("/", var.service_cidr)[1]) <= 24, false)
    error_message = "The range of Services is a /12 to /24 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16."
  }

  # Two ranges meet when the wider one begins where the other one would, were it as wide.
  validation {
    condition = try(
      cidrhost("${split("/", var.service_cidr)[0]}/${min(split("/", var.service_cidr)[1], split("/", var.vpc_cidr)[1])}", 0)
      != cidrhost("${split("/", var.vpc_cidr)[0]}/${min(split("/", var.service_cidr)[1], split("/", var.vpc_cidr)[1])}", 0),
      true,
    )
    error_message = "The range of Services is outside of the network: EKS refuses ${var.service_cidr}, which meets ${var.vpc_cidr}."
  }
}

variable "public_access_cidrs" {
  description = "Addresses from which the API of the cluster may be reached over the internet. Empty: only from inside of the network."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.public_access_cidrs : try(cidrsubnet(cidr, 0, 0) == cidr, false)])
    error_message = "Each of public_access_cidrs is a CIDR block that begins at its first address, such as 198.51.100.0/24."
  }

  validation {
    condition     = alltrue([for cidr in var.public_access_cidrs : try(tonumber(split("/", cidr)[1]) >= 8, true)])
    error_message = "The API of the cluster is not for everybody: name networks of a /8 or smaller in public_access_cidrs."
  }
}

variable "private_access_cidrs" {
  description = <<-EOT
    Networks from which the API of the cluster may be reached on private ways: that of a VPN, or a network that is joined to this
    one. The group that EKS makes lets in nobody but the nodes, whoever finds the way.
  EOT
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.private_access_cidrs : try(cidrsubnet(cidr, 0, 0) == cidr, false)])
    error_message = "Each of private_access_cidrs is a CIDR block that begins at its first address, such as 10.8.0.0/22."
  }

  validation {
    condition     = alltrue([for cidr in var.private_access_cidrs : can(regex("^(10\\.|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|192\\.168\\.)", cidr)) && try(tonumber(split("/", cidr)[1]) >= 8, true)])
    error_message = "Private ways come from private addresses, those of a /8 or less: what comes over the internet belongs into public_access_cidrs."
  }
}

# ---- keys and logs

variable "secrets_kms_key_arn" {
  description = "The key that encrypts the Secrets of Kubernetes. Cannot be changed later."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.secrets_kms_key_arn))
    error_message = "The key of Secrets is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "volumes_kms_key_arn" {
  description = "The key that encrypts the volumes of nodes; its policy has to admit the service-linked role of Auto Scaling."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.volumes_kms_key_arn))
    error_message = "The key of volumes is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "logs_kms_key_arn" {
  description = "The key that encrypts the logs of the control plane; its policy has to admit CloudWatch Logs."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.logs_kms_key_arn))
    error_message = "The key of the logs is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "queue_kms_key_arn" {
  description = "The key that encrypts the queue of interruptions; its policy has to admit EventBridge."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.queue_kms_key_arn))
    error_message = "The key of the queue is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "log_retention_days" {
  description = "Days that the logs of the control plane are kept."
  type        = number
  default     = 365

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, ... days, and for none in between."
  }
}

# ---- access

variable "access_entries" {
  description = <<-EOT
    Who may use the API of the cluster, by a name of ours: a role or user of IAM, and the EKS access policies that it has
    in all namespaces or in some. `groups` are for role bindings of one's own.
  EOT
  type = map(object({
    principal_arn = string
    policies      = optional(list(string), [])
    namespaces    = optional(list(string), [])
    groups        = optional(list(string), [])
  }))

  validation {
    condition     = anytrue([for entry in values(var.access_entries) : contains(entry.policies, "AmazonEKSClusterAdminPolicy") && length(entry.namespaces) == 0])
    error_message = "Nobody would be administrator of the cluster: give one entry AmazonEKSClusterAdminPolicy in all namespaces. Who creates the cluster gets no rights by that."
  }

  validation {
    condition     = alltrue([for entry in values(var.access_entries) : can(regex("^arn:[a-z-]+:iam::[0-9]{12}:(role|user)/", entry.principal_arn))])
    error_message = "Each principal_arn is the ARN of a role or a user, arn:aws:iam::ACCOUNT:role/NAME."
  }
}

variable "identity_mode" {
  description = "How pods get their roles: `pod-identity`, or `irsa` with annotated ServiceAccounts."
  type        = string
  default     = "pod-identity"

  validation {
    condition     = contains(["pod-identity", "irsa"], var.identity_mode)
    error_message = "Pods get their roles by pod-identity or by irsa."
  }
}

variable "controllers" {
  description = "ServiceAccounts, in kube-system, of the controllers that call AWS."
  type = object({
    load_balancer      = optional(string, "aws-load-balancer-controller")
    cluster_autoscaler = optional(string, "cluster-autoscaler")
    karpenter          = optional(string, "karpenter")
  })
  default = {}
}

# ---- add-ons and nodes

variable "addons" {
  description = "Add-ons of EKS by name, each at a version, with its configuration as JSON."
  type = map(object({
    version       = string
    configuration = optional(string)
  }))

  validation {
    condition     = length(setsubtract(["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent"], keys(var.addons))) == 0
    error_message = "A cluster needs the add-ons vpc-cni, kube-proxy, coredns and eks-pod-identity-agent; missing: ${join(", ", setsubtract(["vpc-cni", "kube-proxy", "coredns", "eks-pod-identity-agent"], keys(var.addons)))}."
  }

  validation {
    condition     = alltrue([for addon in values(var.addons) : can(regex("^v[0-9]+\\.[0-9]+\\.[0-9]+-eksbuild\\.[0-9]+$", addon.version))])
    error_message = "Each add-on has a version of EKS, such as v1.22.4-eksbuild.3: aws eks describe-addon-versions lists them."
  }

  validation {
    condition     = alltrue([for addon in values(var.addons) : addon.configuration == null ? true : can(keys(jsondecode(addon.configuration)))])
    error_message = "The configuration of an add-on is an object as JSON, which jsonencode writes; not so: ${join(", ", [for name, addon in var.addons : name if addon.configuration != null && !can(keys(jsondecode(addon.configuration)))])}."
  }
}

variable "enforce_network_policies" {
  description = "Whether vpc-cni enforces NetworkPolicies. Without it those of the platform are there and keep nobody out."
  type        = bool
  default     = true
}

variable "node_groups" {
  description = <<-EOT
    Groups of nodes without GPUs, by name. `taints` have the effects NO_SCHEDULE, NO_EXECUTE or PREFER_NO_SCHEDULE;
    `sysctls` are settings of the kernel (`vm.max_map_count` where OpenSearch runs); without `zones` a group spans all.
  EOT
  type = map(object({
    instance_types = list(string)
    min_size       = number
    max_size       = number
    desired_size   = number
    ami_type       = optional(string, "AL2023_x86_64_STANDARD")
    zones          = optional(list(string))
    volume_gib     = optional(number, 100)
    labels         = optional(map(string), {})
    taints         = optional(list(object({ key = string, value = string, effect = string })), [])
    sysctls        = optional(map(string), {})
  }))

  validation {
    condition     = anytrue([for group in values(var.node_groups) : group.desired_size > 0 && length(group.taints) == 0])
    error_message = "CoreDNS and the controllers need a group without taints that has a node from the start."
  }

  validation {
    condition     = length(setintersection(keys(var.node_groups), keys(var.gpu_pools))) == 0
    error_message = "These names are both of node groups and of GPU pools: ${join(", ", setintersection(keys(var.node_groups), keys(var.gpu_pools)))}."
  }

  validation {
    condition     = alltrue([for group in values(var.node_groups) : alltrue([for zone in coalesce(group.zones, []) : contains(keys(var.private_subnet_ids), zone)])])
    error_message = "A node group names a zone that has no private subnet."
  }

  validation {
    condition     = alltrue([for group in values(var.node_groups) : length(group.instance_types) > 0])
    error_message = "These groups have no instance type: ${join(", ", [for name, group in var.node_groups : name if length(group.instance_types) == 0])}."
  }

  validation {
    condition     = alltrue(flatten([for group in values(var.node_groups) : [for taint in group.taints : contains(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"], taint.effect)]]))
    error_message = "EKS writes the effect of a taint NO_SCHEDULE, NO_EXECUTE or PREFER_NO_SCHEDULE."
  }
}

variable "gpu_pools" {
  description = <<-EOT
    Pools of GPU nodes, by name: the type of GPU, labels and taints as the platform says them, and how many nodes there may be.
    With `min_size` 0 a pool costs nothing while nothing asks for it. `zones`: where its machines exist.
  EOT
  type = map(object({
    gpu_type   = string
    labels     = map(string)
    taints     = list(object({ key = string, value = string, effect = string }))
    min_size   = optional(number, 0)
    max_size   = number
    zones      = optional(list(string))
    volume_gib = optional(number, 200)
  }))
  default = {}

  validation {
    condition     = alltrue([for pool in values(var.gpu_pools) : contains(keys(var.gpu_instance_types), pool.gpu_type)])
    error_message = "These pools have a type of GPU without an instance type in gpu_instance_types: ${join(", ", [for name, pool in var.gpu_pools : "${name} (${pool.gpu_type})" if !contains(keys(var.gpu_instance_types), pool.gpu_type)])}."
  }

  validation {
    condition     = alltrue([for pool in values(var.gpu_pools) : anytrue([for taint in pool.taints : taint.effect == "NO_SCHEDULE"])])
    error_message = "These pools have no taint with the effect NO_SCHEDULE, so anything would run on their GPUs: ${join(", ", [for name, pool in var.gpu_pools : name if !anytrue([for taint in pool.taints : taint.effect == "NO_SCHEDULE"])])}."
  }

  validation {
    condition     = alltrue([for pool in values(var.gpu_pools) : try(pool.labels.gpu, "") == "true" && try(pool.labels.gpu_type, "") == pool.gpu_type])
    error_message = "The nodes of a pool carry gpu=true and gpu_type=TYPE: pods ask for these labels. Wrong: ${join(", ", [for name, pool in var.gpu_pools : name if !(try(pool.labels.gpu, "") == "true" && try(pool.labels.gpu_type, "") == pool.gpu_type)])}."
  }

  validation {
    condition     = alltrue(flatten([for pool in values(var.gpu_pools) : pool.zones == null ? [] : [for zone in pool.zones : contains(keys(var.private_subnet_ids), zone)]]))
    error_message = "These pools name a zone that has no private subnet: ${join(", ", [for name, pool in var.gpu_pools : name if length(setsubtract(pool.zones == null ? [] : pool.zones, keys(var.private_subnet_ids))) > 0])}."
  }

  validation {
    condition     = alltrue(flatten([for pool in values(var.gpu_pools) : [for taint in pool.taints : contains(["NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"], taint.effect)]]))
    error_message = "EKS writes the effect of the taints of a pool NO_SCHEDULE, NO_EXECUTE or PREFER_NO_SCHEDULE."
  }
}

variable "gpu_instance_types" {
  description = <<-EOT
    Type of GPU to instance types. Those of one type have the same number of GPUs: Cluster Autoscaler takes the first for a
    picture of all. An A100 comes eight to a machine; an H100 also alone.
  EOT
  type        = map(list(string))
  default = {
    a10g = ["g5.2xlarge"]
    a100 = ["p4d.24xlarge"]
    h100 = ["p5.4xlarge"]
  }

  validation {
    condition     = alltrue([for types in values(var.gpu_instance_types) : length(types) > 0])
    error_message = "Each type of GPU has at least one instance type."
  }
}
