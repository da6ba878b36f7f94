variable "name" {
  description = "Name of the firewall and prefix of the names of its parts."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z][a-zA-Z0-9-]{0,99}$", var.name))
    error_message = "The name has up to 100 letters, digits and hyphens, and begins with a letter: AWS takes 128, and the parts add to it."
  }
}

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "zones" {
  description = <<-EOT
    For each zone the subnet of its endpoint, the route table of the private subnet, and the way back: the route table of the subnet with
    the NAT gateway, and the range of the private subnet. All of one zone belong together: traffic that comes back through
    another zone's endpoint is dropped.
  EOT
  type = map(object({
    firewall_subnet_id     = string
    private_route_table_id = string
    private_cidr           = string
    nat_route_table_id     = string
  }))

  validation {
    condition     = length(var.zones) > 0
    error_message = "A firewall stands in at least one zone."
  }

  validation {
    condition     = length(distinct([for zone in values(var.zones) : zone.private_route_table_id])) == length(var.zones) && length(distinct([for zone in values(var.zones) : zone.nat_route_table_id])) == length(var.zones)
    error_message = "Every zone needs route tables of its own: with one for two zones, traffic would come back through the endpoint of the other."
  }

  validation {
    condition     = alltrue([for zone in values(var.zones) : can(cidrhost(zone.private_cidr, 0))])
    error_message = "The range of each private subnet is a CIDR block, such as 10.20.32.0/19."
  }
}

variable "home_networks" {
  description = <<-EOT
    Ranges whose traffic is judged (HOME_NET): that of the network, and those of pods where they have one of their own, which the
    network's range would not cover. Rules do not apply to what comes from anywhere else, and it is dropped.
  EOT
  type        = list(string)

  validation {
    condition     = length(var.home_networks) > 0 && alltrue([for cidr in var.home_networks : can(cidrhost(cidr, 0))])
    error_message = "Name the ranges that the firewall judges, as CIDR blocks: without one no rule would apply, and nothing would get out."
  }
}

variable "hosts" {
  description = <<-EOT
    Hosts that may be called: a name, or all names below one that begins with a dot; its port; and why (`application`, `image`,
    `aws-api`, `operations`), which the log names. Each reason has a rule group of its own.
  EOT
  type = list(object({
    host    = string
    purpose = string
    port    = optional(number, 443)
  }))

  validation {
    condition     = alltrue([for one in var.hosts : can(regex("^\\.?([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", one.host))])
    error_message = "These are no names of hosts, or of all hosts below a name (.example.org): ${join(", ", [for one in var.hosts : one.host if !can(regex("^\\.?([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", one.host))])}."
  }

  validation {
    condition     = alltrue([for one in var.hosts : contains(["application", "image", "aws-api", "operations"], one.purpose)])
    error_message = "A host is there for an application, an image, an aws-api or operations; not so: ${join(", ", [for one in var.hosts : one.host if !contains(["application", "image", "aws-api", "operations"], one.purpose)])}."
  }

  validation {
    condition     = alltrue([for one in var.hosts : contains([80, 443], one.port)])
    error_message = "A firewall knows the host of HTTPS (443) and of HTTP (80) alone; another port has: ${join(", ", [for one in var.hosts : one.host if !contains([80, 443], one.port)])}."
  }

  validation {
    condition     = length(distinct([for one in var.hosts : "${one.host}:${one.port}"])) == length(var.hosts)
    error_message = "A host is listed twice with the same port: name it once."
  }
}

variable "rule_capacity" {
  description = "Rules that the group of one purpose has room for. AWS fixes it when the group is made: a change makes the group anew."
  type        = number
  default     = 300

  validation {
    condition     = var.rule_capacity >= 10 && var.rule_capacity <= 6000
    error_message = "The groups of one purpose have room for 10 to 6000 rules: all groups of a policy share 30000."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts the firewall's settings."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "The key of the firewall is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "log_kms_key_arn" {
  description = "The key that encrypts its logs; its policy has to admit CloudWatch Logs."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.log_kms_key_arn))
    error_message = "The key of the logs is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "log_retention_days" {
  description = "Days that its logs are kept."
  type        = number
  default     = 365

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, ... days, and for none in between."
  }
}

variable "deletion_protection" {
  description = "Whether AWS refuses to delete the firewall, or to move it to other subnets or another policy."
  type        = bool
  default     = true
}
