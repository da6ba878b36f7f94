variable "name" {
  description = "Prefix of the names."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 lower-case letters, digits and hyphens, and begins with a letter."
  }
}

variable "tags" {
  description = "Tags for the disks of the machines, which the default tags of the provider do not reach."
  type        = map(string)
  default     = {}
}

# ---- Neo4j

variable "edition" {
  description = "`enterprise`, which has the cluster and needs a licence, or `community`, which is one server."
  type        = string

  validation {
    condition     = contains(["community", "enterprise"], var.edition)
    error_message = "The edition is community or enterprise."
  }
}

variable "accept_license" {
  description = "`yes` where you hold a licence of the enterprise edition, `eval` to try it."
  type        = string
  default     = "no"

  validation {
    condition     = contains(["eval", "no", "yes"], var.accept_license)
    error_message = "The licence is accepted with yes or eval, and not with no."
  }
}

variable "neo4j_version" {
  description = "Version of Neo4j, as `5.26.14` or `2025.06.1`: names of settings depend on it."
  type        = string

  validation {
    condition     = can(regex("^(5\\.(2[3-9])\\.[0-9]+|20[0-9]{2}\\.[0-9]{2}\\.[0-9]+)$", var.neo4j_version))
    error_message = "The version of Neo4j is 5.23 or newer and whole, as 5.26.14 or 2025.06.1: older ones find their cluster in another way."
  }
}

variable "primaries" {
  description = "Servers that write: one, which nothing replaces when it fails, or an odd number that agrees by majority."
  type        = number
  default     = 1

  validation {
    condition     = contains([1, 3, 5, 7, 9], var.primaries)
    error_message = "Primaries agree by majority: 1, 3, 5, 7 or 9 of them. An even number stands no more failures than one fewer."
  }
}

variable "secondaries" {
  description = "Servers that follow the primaries and answer queries."
  type        = number
  default     = 2

  validation {
    condition     = contains(range(0, 21), var.secondaries)
    error_message = "A database has 0 to 20 secondaries."
  }
}

variable "memory" {
  description = "Memory of Neo4j in GiB. Machine and both together leave some for the system and for queries."
  type        = object({ heap_gib = number, pagecache_gib = number })
  default     = { heap_gib = 32, pagecache_gib = 64 }

  validation {
    condition     = var.memory.heap_gib >= 1 && var.memory.pagecache_gib >= 1 && floor(var.memory.heap_gib) == var.memory.heap_gib && floor(var.memory.pagecache_gib) == var.memory.pagecache_gib
    error_message = "Heap and page cache have whole GiB, at least one each."
  }
}

variable "transaction_log_days" {
  description = "Days that transaction logs stay on the volume, for backups of what changed."
  type        = number
  default     = 7

  validation {
    condition     = var.transaction_log_days >= 2 && floor(var.transaction_log_days) == var.transaction_log_days
    error_message = "Transaction logs stay for whole days, at least two: a backup of what changed needs those since the last one."
  }
}

variable "software" {
  description = <<-EOT
    Where the archives are, as data subnets reach S3 and nothing else: a bucket with its key, a prefix, and below it Neo4j, a Java
    that fits it and plug-ins, each by its object and SHA-256. A plug-in is named as its procedures begin (`n10s`).
    APOC comes with Neo4j. Null: the image holds Neo4j in /opt/neo4j and Java in /opt/java.
  EOT
  type = object({
    bucket      = string
    kms_key_arn = string
    prefix      = optional(string, "")
    neo4j       = object({ object = string, sha256 = string })
    java        = object({ object = string, sha256 = string })
    plugins     = optional(map(object({ object = string, sha256 = string })), {})
  })
  default = null

  validation {
    condition     = var.software == null ? true : alltrue([for archive in concat([var.software.neo4j, var.software.java], values(var.software.plugins)) : can(regex("^[0-9a-f]{64}$", archive.sha256))])
    error_message = "Every archive is pinned by its SHA-256: 64 digits and letters a to f, as sha256sum prints it."
  }

  validation {
    condition     = var.software == null ? true : alltrue([for archive in concat([var.software.neo4j, var.software.java], values(var.software.plugins)) : can(regex("^[A-Za-z0-9._/+-]+$", archive.object))]) && can(regex("^([A-Za-z0-9._/+-]+/)?$", var.software.prefix))
    error_message = "Objects are named by letters, digits and . _ / + -, and a prefix ends with a slash."
  }

  validation {
    condition     = var.software == null ? true : alltrue([for name in keys(var.software.plugins) : can(regex("^[a-z][a-z0-9]*$", name))])
    error_message = "A plug-in is named as its procedures begin, as n10s: lower-case letters and digits."
  }

  validation {
    condition     = var.software == null ? true : strcontains(var.software.neo4j.object, var.neo4j_version) && strcontains(var.software.neo4j.object, var.edition)
    error_message = "The archive of Neo4j is of another version or edition than the ones that are said: its name has both, as neo4j-enterprise-5.26.14-unix.tar.gz."
  }
}

# ---- machines

variable "ami_id" {
  description = "Image of the machines: Amazon Linux 2023, or one of yours with its tools (cloud-init, the AWS CLI, Session Manager, ext4)."
  type        = string

  validation {
    condition     = can(regex("^ami-[0-9a-f]{8,17}$", var.ami_id))
    error_message = "An image is given by its id, ami-..., so that nothing changes it unasked."
  }
}

variable "instance_type" {
  description = "Type of the machines."
  type        = string
  default     = "r7i.4xlarge"

  validation {
    condition     = can(regex("^[a-z]+[0-9]+[a-z-]*\\.[a-z0-9-]+$", var.instance_type)) && !can(regex("^(t2|m4|r4|c4|i2|x1|x1e|m3|r3|c3)\\.", var.instance_type))
    error_message = "The machines are of a Nitro type, such as r7i.4xlarge: there the data volume is found by its id."
  }
}

variable "volume" {
  description = "Data volume of each server (gp3)."
  type = object({
    size_gib   = number
    iops       = optional(number, 6000)
    throughput = optional(number, 250)
  })
  default = { size_gib = 500 }

  validation {
    condition     = var.volume.size_gib >= 20 && var.volume.size_gib <= 16384
    error_message = "A volume has 20 to 16384 GiB."
  }

  validation {
    condition     = var.volume.iops >= 3000 && var.volume.iops <= min(16000, 500 * var.volume.size_gib) && var.volume.throughput >= 125 && var.volume.throughput <= min(1000, var.volume.iops / 4)
    error_message = "A gp3 volume does 3000 to 16000 operations (500 a GiB) and 125 to 1000 MiB a second (a quarter of its operations)."
  }
}

variable "volume_tags" {
  description = "Further tags of the data volumes, such as the one by which backups of AWS find them."
  type        = map(string)
  default     = {}
}

variable "volumes_kms_key_arn" {
  description = "The key that encrypts the volumes."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.volumes_kms_key_arn))
    error_message = "The key of the volumes is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "deletion_protection" {
  description = "Whether EC2 refuses to end the machines. To replace one it has to be off."
  type        = bool
  default     = false
}

# ---- network

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Data subnets by zone."
  type        = map(string)
}

variable "zones" {
  description = "Zones in the order in which servers take them. Append only, and before there are more servers than zones: a server whose zone changes would leave its volume behind, which the plan refuses."
  type        = list(string)

  validation {
    condition     = length(var.zones) > 0 && length(distinct(var.zones)) == length(var.zones)
    error_message = "Name at least one zone, and each once."
  }
}

variable "client_security_group_ids" {
  description = "Who may ask Neo4j, by name: security groups."
  type        = map(string)
}

variable "metrics_security_group_ids" {
  description = "Who may read metrics, by name: security groups. The community edition has none."
  type        = map(string)
  default     = {}
}

variable "endpoints_security_group_id" {
  description = "Security group of the interface endpoints of AWS."
  type        = string
}

variable "domain" {
  description = "Private zone of the names of the servers: primary-1.DOMAIN, and neo4j.DOMAIN for all. A zone of your own has this name only inside of the network."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.domain)) && length(var.domain) <= 200
    error_message = "The domain is a whole name in lower case, such as graph.medkg-prod.internal."
  }
}

# ---- secrets and backups

variable "tls_secret_arn" {
  description = <<-EOT
    Secret of Secrets Manager with JSON of three PEM texts: `certificate` (for *.DOMAIN, of a server and of a client, with its chain),
    `private_key` (PKCS #8) and `ca`, by which the servers know each other. Machines read it when they start.
  EOT
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$", var.tls_secret_arn))
    error_message = "The certificate is in a secret of Secrets Manager: arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME."
  }
}

variable "tls_secret_kms_key_arn" {
  description = "The key of that secret; null: the same as of the password."
  type        = string
  default     = null
}

variable "secrets_kms_key_arn" {
  description = "The key that encrypts the password."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.secrets_kms_key_arn))
    error_message = "The key of the password is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "backup" {
  description = "Where backups go, and of how many days they are kept."
  type = object({
    bucket      = string
    kms_key_arn = string
    prefix      = optional(string, "neo4j/")
    keep        = optional(number, 30)
  })

  validation {
    condition     = can(regex("^[A-Za-z0-9._/-]+/$", var.backup.prefix)) && !startswith(var.backup.prefix, "os/")
    error_message = "Backups of Neo4j lie under a prefix of their own that ends with a slash; os/ is that of OpenSearch."
  }

  validation {
    condition     = var.backup.keep >= 1 && floor(var.backup.keep) == var.backup.keep
    error_message = "Backups of at least one whole day are kept."
  }

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.backup.bucket))
    error_message = "The bucket for backups is given by its name."
  }
}
