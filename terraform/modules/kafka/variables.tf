variable "name" {
  description = "Name of the cluster of brokers."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9-]{0,63}$", var.name))
    error_message = "The name of a cluster of MSK has up to 64 letters, digits and hyphens, and begins with no hyphen."
  }
}

variable "kafka_version" {
  description = "Version of Kafka; `kraft` at its end says that no ZooKeeper runs beside the brokers, which cannot be changed later."
  type        = string
  default     = "3.9.x.kraft"

  validation {
    condition     = can(regex("^(3\\.([6-9]|[1-9][0-9])|[4-9]\\.[0-9]+)\\.([0-9]+|x)(\\.kraft)?$", var.kafka_version))
    error_message = "The version is one of MSK, 3.6 or newer, such as 3.9.x.kraft: older ones take no topics from the API of AWS."
  }
}

variable "instance_type" {
  description = "Instance type of a broker, as kafka.FAMILY.SIZE."
  type        = string

  validation {
    condition     = can(regex("^kafka\\.(t3\\.small|m5\\.[0-9]*x?large|m7g\\.[0-9]*x?large)$", var.instance_type))
    error_message = "Brokers run on kafka.t3.small, or on a size of kafka.m5 or kafka.m7g, such as kafka.m7g.large."
  }
}

variable "brokers_per_zone" {
  description = "Brokers in each zone. Can be raised later; partitions have to be moved to new ones by hand."
  type        = number
  default     = 1

  validation {
    condition     = var.brokers_per_zone >= 1 && var.brokers_per_zone <= 10 && floor(var.brokers_per_zone) == var.brokers_per_zone
    error_message = "A zone has 1 to 10 brokers: 30 is the most that AWS gives an account for one cluster without being asked."
  }
}

variable "volume_gib" {
  description = "Storage of a broker at first; it grows by itself."
  type        = number

  validation {
    condition     = var.volume_gib >= 1 && var.volume_gib <= 16384
    error_message = "A broker has 1 to 16384 GiB."
  }
}

variable "max_volume_gib" {
  description = "Storage of a broker at most."
  type        = number

  validation {
    condition     = var.max_volume_gib > var.volume_gib && var.max_volume_gib <= 16384
    error_message = "Storage grows from volume_gib (${var.volume_gib}) to max_volume_gib, which is more than that and at most 16384."
  }
}

variable "storage_target_percent" {
  description = "How full storage is when it grows."
  type        = number
  default     = 60

  validation {
    condition     = var.storage_target_percent >= 10 && var.storage_target_percent <= 80
    error_message = "Storage grows at 10 to 80 percent: it takes hours, and at most once in six."
  }
}

variable "topics" {
  description = "Topics by name, as the platform says: partitions, how long a message is kept, and how it is compressed."
  type = map(object({
    partitions   = number
    retention_ms = number
    compression  = string
  }))

  validation {
    condition     = length(var.topics) > 0
    error_message = "Brokers make no topics by themselves: name at least one."
  }

  validation {
    condition     = alltrue([for name in keys(var.topics) : can(regex("^[a-zA-Z0-9._-]{1,249}$", name))])
    error_message = "The name of a topic has up to 249 letters, digits and . _ -."
  }

  validation {
    condition     = length(distinct([for name in keys(var.topics) : replace(name, ".", "_")])) == length(var.topics)
    error_message = "Names of topics that differ in . and _ alone are one name in Kafka's metrics: choose others."
  }

  validation {
    condition     = alltrue([for topic in values(var.topics) : topic.partitions >= 1 && topic.retention_ms >= 60000])
    error_message = "A topic has at least one partition, and keeps messages for at least a minute (60000 ms)."
  }

  validation {
    condition     = alltrue([for topic in values(var.topics) : contains(["gzip", "lz4", "producer", "snappy", "uncompressed", "zstd"], topic.compression)])
    error_message = "Kafka compresses by gzip, lz4, snappy or zstd, or not at all (uncompressed), or leaves it to the producer."
  }
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "subnet_ids" {
  description = "Data subnets by zone: three, so that each copy of a message lies in a zone of its own."
  type        = map(string)

  validation {
    condition     = length(var.subnet_ids) == 3
    error_message = "Brokers lie in three zones, as many as a message has copies: name three subnets."
  }
}

variable "client_security_group_ids" {
  description = "Security groups that may reach the brokers, by a name for each: that of the cluster."
  type        = map(string)

  validation {
    condition     = length(var.client_security_group_ids) > 0
    error_message = "Brokers that nobody may reach are of no use: name the security group of the cluster."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts messages. Cannot be changed later."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "The key of the brokers is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "logs_kms_key_arn" {
  description = "The key that encrypts the logs of the brokers; its policy has to admit CloudWatch Logs."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.logs_kms_key_arn))
    error_message = "The key of the logs is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "log_retention_days" {
  description = "Days that logs are kept."
  type        = number
  default     = 365

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, ... days, and for none in between."
  }
}
