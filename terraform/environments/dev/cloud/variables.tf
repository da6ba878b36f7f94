variable "region" {
  description = "Region of everything here."
  type        = string
  default     = "us-east-1"
}

variable "cidr" {
  description = "Range of the network; those of the environments do not overlap, so that they may be joined."
  type        = string
  default     = "10.20.0.0/16"
}

variable "zones" {
  description = "Availability zones with the ranges of their subnets."
  type = map(object({
    public  = string
    private = string
    data    = string
  }))
  default = {
    us-east-1a = { public = "10.20.0.0/24", private = "10.20.32.0/19", data = "10.20.16.0/22" }
    us-east-1b = { public = "10.20.1.0/24", private = "10.20.64.0/19", data = "10.20.20.0/22" }
    us-east-1c = { public = "10.20.2.0/24", private = "10.20.96.0/19", data = "10.20.24.0/22" }
  }
}

variable "single_nat_zone" {
  description = "The zone of the only NAT gateway."
  type        = string
  default     = "us-east-1a"
}

variable "api_access_cidrs" {
  description = "Addresses from which the API of the cluster may be reached over the internet; none: only on private ways (api_private_cidrs)."
  type        = list(string)
  default     = []
}

variable "api_private_cidrs" {
  description = "Networks from which the API of the cluster may be reached by VPN or over joined networks."
  type        = list(string)
  default     = []
}

variable "access_entries" {
  description = "Who may use the API of the cluster: roles of IAM and their access policies."
  type = map(object({
    principal_arn = string
    policies      = optional(list(string), [])
    namespaces    = optional(list(string), [])
    groups        = optional(list(string), [])
  }))
}

variable "store_zones" {
  description = "The three zones of the stores. A further zone of the network does not move them."
  type        = set(string)
  default     = ["us-east-1a", "us-east-1b", "us-east-1c"]

  validation {
    condition     = length(var.store_zones) == 3 && length(setsubtract(var.store_zones, keys(var.zones))) == 0
    error_message = "Stores lie in three of the zones of the network: ${join(", ", keys(var.zones))}."
  }
}

variable "opensearch_zone" {
  description = "The zone of the only node of OpenSearch."
  type        = string
  default     = "us-east-1a"
}

variable "vault_assumed_role_arns" {
  description = "Roles that Vault lends to others for an hour (`vault_aws_roles` in the root `cluster`). Their trust policies have to admit the role CLUSTER-vault-unseal, with sts:AssumeRole and sts:TagSession."
  type        = list(string)
  default     = []
}

variable "opensearch_master_role_arn" {
  description = "The role that is master of OpenSearch: it maps the roles of all others."
  type        = string
}

variable "identity_mode" {
  description = "How pods get their roles: `pod-identity` or `irsa`."
  type        = string
  default     = "pod-identity"
}

variable "gpu_pool_sizes" {
  description = "How many nodes the GPU pools of the platform have, by pool. One pool, and none of its nodes while nothing asks for one."
  type = map(object({
    min_size   = optional(number, 0)
    max_size   = number
    zones      = optional(list(string))
    volume_gib = optional(number, 200)
  }))
  default = {
    vllm-gpu = { max_size = 1 }
  }

  validation {
    condition     = length(setsubtract(keys(var.gpu_pool_sizes), keys(var.gpu_pools))) == 0
    error_message = "The platform has no such GPU pools: ${join(", ", setsubtract(keys(var.gpu_pool_sizes), keys(var.gpu_pools)))}. It has ${join(", ", keys(var.gpu_pools))}."
  }
}

variable "edge" {
  description = <<-EOT
    The api on the internet: its name, the zone of Route 53 that holds it, who may call (nobody named: everybody), and, once the
    chart is installed, the name that AWS gave its load balancer. Null: the api is reached inside of the cluster alone.
  EOT
  type = object({
    host                   = string
    zone_id                = string
    allowed_cidrs          = optional(list(string), [])
    load_balancer_dns_name = optional(string)
  })
  default = null
}

variable "image_mirror" {
  description = "Whether the images of the platform are pulled from repositories in this account; they have to be copied there first."
  type        = bool
  default     = false
}

variable "monthly_limit_usd" {
  description = "What the environment may cost in a month, in US dollars, before people hear of it."
  type        = number
  default     = 2500
}

variable "cost_emails" {
  description = "Who hears what the environment costs."
  type        = list(string)
}

variable "neo4j" {
  description = <<-EOT
    What only you know of Neo4j: its version, the image of its machines (Amazon Linux 2023),
    the zones of its servers in order, archives below software/neo4j/ of the bucket of snapshots with their SHA-256, and
    the secret with the certificate for *.graph.NAME.internal and its key (null: the key credentials).
  EOT
  type = object({
    version                = string
    ami_id                 = string
    zones                  = list(string)
    tls_secret_arn         = string
    tls_secret_kms_key_arn = optional(string)
    software = object({
      neo4j   = object({ object = string, sha256 = string })
      java    = object({ object = string, sha256 = string })
      plugins = optional(map(object({ object = string, sha256 = string })), {})
    })
  })
}

# ---- facts of the platform, from platform.auto.tfvars.json

variable "namespace" {
  description = "Namespace of the platform."
  type        = string
}

variable "release" {
  description = "Name of the release."
  type        = string
}

variable "service_accounts" {
  description = "ServiceAccounts of the services, as the chart renders them."
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
}

variable "topics" {
  description = "Topics of Kafka."
  type = map(object({
    partitions   = number
    retention_ms = number
    compression  = string
  }))
}

variable "gpu_pools" {
  description = "GPU pools with their labels and taints."
  type = map(object({
    gpu_type = string
    labels   = map(string)
    taints   = list(object({ key = string, value = string, effect = string }))
  }))
}

variable "egress_hosts" {
  description = "Hosts that the platform calls, and why."
  type = list(object({
    host    = string
    purpose = string
    port    = number
  }))
}

variable "images" {
  description = "Images of the platform by their repositories, and where they come from."
  type        = map(string)
}
