variable "region" {
  description = "Region of everything here."
  type        = string
  default     = "us-east-1"
}

variable "cidr" {
  description = "Range of the network; those of the environments do not overlap, so that they may be joined."
  type        = string
  default     = "10.40.0.0/16"
}

variable "zones" {
  description = "Availability zones with the ranges of their subnets."
  type = map(object({
    public   = string
    private  = string
    data     = string
    firewall = optional(string)
    nat      = optional(string)
  }))
  default = {
    us-east-1a = { public = "10.40.0.0/24", private = "10.40.32.0/19", data = "10.40.16.0/22", firewall = "10.40.3.0/28", nat = "10.40.3.64/28" }
    us-east-1b = { public = "10.40.1.0/24", private = "10.40.64.0/19", data = "10.40.20.0/22", firewall = "10.40.3.16/28", nat = "10.40.3.80/28" }
    us-east-1c = { public = "10.40.2.0/24", private = "10.40.96.0/19", data = "10.40.24.0/22", firewall = "10.40.3.32/28", nat = "10.40.3.96/28" }
  }
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
  description = "How many nodes the GPU pools of the platform have, by pool. None of their nodes while nothing asks for one."
  type = map(object({
    min_size   = optional(number, 0)
    max_size   = number
    zones      = optional(list(string))
    volume_gib = optional(number, 200)
  }))
  default = {
    mineru-gpu = { max_size = 1 }
    splade-gpu = { max_size = 1 }
    vllm-gpu   = { max_size = 1 }
  }

  validation {
    condition     = length(setsubtract(keys(var.gpu_pool_sizes), keys(var.gpu_pools))) == 0
    error_message = "The platform has no such GPU pools: ${join(", ", setsubtract(keys(var.gpu_pool_sizes), keys(var.gpu_pools)))}. It has ${join(", ", keys(var.gpu_pools))}."
  }
}

variable "edge" {
  description = <<-EOT
    The api on the internet: its name, the zone of Route 53 that holds it, who may call (nobody named: everybody), and, once the
    chart is installed, the name that AWS gave its load balancer.
  EOT
  type = object({
    host                   = string
    zone_id                = string
    allowed_cidrs          = optional(list(string), [])
    load_balancer_dns_name = optional(string)
  })
}

variable "image_mirror" {
  description = "Whether the images of the platform are pulled from repositories in this account; they have to be copied there first."
  type        = bool
  default     = true
}

variable "monthly_limit_usd" {
  description = "What the environment may cost in a month, in US dollars, before people hear of it."
  type        = number
  default     = 12000
}

variable "cost_emails" {
  description = "Who hears what the environment costs."
  type        = list(string)
}

variable "neo4j" {
  description = <<-EOT
    What only you know of Neo4j: its version, and the licence of the enterprise edition, the image of its machines (Amazon Linux 2023),
    the zones of its servers in order, archives below software/neo4j/ of the bucket of snapshots with their SHA-256, and
    the secret with the certificate for *.graph.NAME.internal and its key (null: the key credentials).
  EOT
  type = object({
    version                = string
    edition                = optional(string, "enterprise")
    accept_license         = optional(string, "no")
    primaries              = optional(number, 1)
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
