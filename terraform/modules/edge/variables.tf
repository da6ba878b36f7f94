variable "name" {
  description = "Prefix of the names."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 lower-case letters, digits and hyphens, and begins with a letter."
  }
}

variable "host" {
  description = "Name under which the api is reached, such as api.example.org."
  type        = string

  validation {
    condition     = can(regex("^([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z]{2,}$", var.host))
    error_message = "The host is a whole name in lower case, such as api.example.org: no wildcard, no scheme and no port."
  }

  validation {
    condition     = length(var.host) <= 64
    error_message = "The host is longer than 64 characters, which is all that ACM takes as the name of a certificate."
  }
}

variable "zone_id" {
  description = "Public zone of Route 53 that holds the host. It has to be delegated already, or the certificate is never issued."
  type        = string

  validation {
    condition     = can(regex("^Z[A-Z0-9]{1,31}$", var.zone_id))
    error_message = "A zone is given by its id, such as Z0123456789ABCDEFGHIJ, without /hostedzone/."
  }
}

variable "load_balancer_dns_name" {
  description = <<-EOT
    Name that AWS gave the load balancer; the records of the host point there. Null until it exists: its controller makes it when
    the chart is installed, and `kubectl get ingress` tells the name.
  EOT
  type        = string
  default     = null

  validation {
    condition     = var.load_balancer_dns_name == null ? true : can(regex("\\.elb\\.([a-z0-9-]+\\.)?amazonaws\\.com(\\.cn)?$", var.load_balancer_dns_name))
    error_message = "The name of a load balancer ends as AWS makes it, in REGION.elb.amazonaws.com."
  }
}

variable "ipv6" {
  description = "Whether the load balancer has IPv6 too (`ip-address-type: dualstack`)."
  type        = bool
  default     = false
}

# ---- load balancer

variable "vpc_id" {
  description = "The network."
  type        = string
}

variable "target_cidrs" {
  description = "Ranges in which the pods of the api are, by zone: those of the private subnets."
  type        = map(string)

  validation {
    condition     = alltrue([for cidr in values(var.target_cidrs) : can(cidrhost(cidr, 0))])
    error_message = "The ranges of the pods are CIDR blocks, such as 10.20.32.0/19."
  }

  validation {
    condition     = !contains(values(var.target_cidrs), "0.0.0.0/0")
    error_message = "The load balancer sends to pods, not everywhere: name the ranges of the private subnets."
  }
}

variable "target_port" {
  description = "Port of the pods of the api."
  type        = number
  default     = 8080

  validation {
    condition     = var.target_port >= 1 && var.target_port <= 65535
    error_message = "A port is a number from 1 to 65535."
  }
}

variable "log_retention_days" {
  description = "Days that the access log of the load balancer is kept."
  type        = number
  default     = 365

  validation {
    condition     = var.log_retention_days >= 1 && floor(var.log_retention_days) == var.log_retention_days
    error_message = "S3 expires objects after whole days, at least one."
  }
}

# ---- web ACL

variable "allowed_cidrs" {
  description = "Who may call the api: ranges of IPv4 and IPv6. None: everybody. The security group and the web ACL both keep to it."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for cidr in var.allowed_cidrs : can(cidrhost(cidr, 0))])
    error_message = "Allowed callers are CIDR blocks, such as 203.0.113.0/24; one address is a /32, or a /128 of IPv6."
  }

  validation {
    condition     = alltrue([for cidr in var.allowed_cidrs : !endswith(cidr, "/0")])
    error_message = "WAF takes no range /0: to let everybody in leave allowed_cidrs empty."
  }

  validation {
    condition     = length(var.allowed_cidrs) <= 60
    error_message = "A security group takes 60 ranges at most: join them, or leave allowed_cidrs empty and restrict callers elsewhere."
  }

  validation {
    condition     = var.ipv6 || alltrue([for cidr in var.allowed_cidrs : !strcontains(cidr, ":")])
    error_message = "A range of IPv6 is allowed, but the load balancer has none: set ipv6."
  }
}

variable "rate_limit" {
  description = "How many requests one address may make in a window; the next ones get 429 until it calls less often."
  type = object({
    requests       = optional(number, 1200)
    window_seconds = optional(number, 60)
  })
  default = {}

  validation {
    condition     = contains([60, 120, 300, 600], var.rate_limit.window_seconds)
    error_message = "WAF counts requests over 60, 120, 300 or 600 seconds."
  }

  validation {
    condition     = var.rate_limit.requests >= 10 && var.rate_limit.requests <= 2000000000
    error_message = "WAF limits to 10 requests a window at the least."
  }
}

variable "managed_rule_groups" {
  description = <<-EOT
    Rule groups of AWS by name, each with its priority. `counted_rules` are counted and let through; `count_only` does so with
    the whole group, to watch a new one; `version` pins one (AWS's default version otherwise). The body of a
    request is looked at up to 8 KB here, and the api takes 20 MB: so its size is only counted.
  EOT
  type = map(object({
    priority      = number
    counted_rules = optional(list(string), [])
    count_only    = optional(bool, false)
    version       = optional(string)
  }))
  default = {
    AWSManagedRulesAmazonIpReputationList = { priority = 10 }
    AWSManagedRulesCommonRuleSet          = { priority = 20, counted_rules = ["SizeRestrictions_BODY"] }
    AWSManagedRulesKnownBadInputsRuleSet  = { priority = 30 }
    AWSManagedRulesSQLiRuleSet            = { priority = 40 }
  }

  validation {
    condition     = length(distinct([for group in values(var.managed_rule_groups) : group.priority])) == length(var.managed_rule_groups)
    error_message = "Two rule groups have the same priority: WAF takes each once."
  }

  validation {
    condition     = alltrue([for group in values(var.managed_rule_groups) : group.priority >= 10])
    error_message = "Priorities of rule groups begin at 10: the ones below belong to the allowlist and the rate limit."
  }

  validation {
    condition     = contains(keys(var.managed_rule_groups), "AWSManagedRulesKnownBadInputsRuleSet") && contains(keys(var.managed_rule_groups), "AWSManagedRulesSQLiRuleSet") && contains(keys(var.managed_rule_groups), "AWSManagedRulesCommonRuleSet")
    error_message = "An api on the internet has the groups AWSManagedRulesCommonRuleSet, AWSManagedRulesKnownBadInputsRuleSet and AWSManagedRulesSQLiRuleSet; to watch one of them first set count_only."
  }
}

variable "api_key_headers" {
  description = "Headers with API keys, which the log leaves out, as it does authorization and cookie."
  type        = list(string)
  default     = ["x-api-key"]

  validation {
    condition     = alltrue([for header in var.api_key_headers : can(regex("^[a-z0-9-]{1,64}$", header))])
    error_message = "Names of headers are given in lower case: letters, digits and hyphens."
  }

  validation {
    condition     = length(var.api_key_headers) >= 1 && length(var.api_key_headers) <= 90
    error_message = "Name at least one header with an API key, and no more than WAF can leave out (90 besides ours)."
  }
}

variable "log_allowed_requests" {
  description = "Whether the log has requests that were let through, too. Those are nearly all, and most of the cost."
  type        = bool
  default     = true
}

variable "web_acl_log_retention_days" {
  description = "Days that the log of the web ACL is kept."
  type        = number
  default     = 365

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.web_acl_log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, ... days, and for none in between."
  }
}

variable "log_kms_key_arn" {
  description = "The key that encrypts the log of the web ACL; its policy has to admit CloudWatch Logs."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.log_kms_key_arn))
    error_message = "The key of the log is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}
