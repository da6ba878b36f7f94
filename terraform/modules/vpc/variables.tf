variable "name" {
  description = "Name of the network and prefix of the names of its parts."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 lower-case letters, digits and hyphens, and begins with a letter."
  }
}

variable "cluster_name" {
  description = "Name of the Kubernetes cluster; Karpenter finds the private subnets by it (`karpenter.sh/discovery`)."
  type        = string

  validation {
    condition     = can(regex("^[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}$", var.cluster_name))
    error_message = "The name of a cluster has up to 100 letters, digits, hyphens and underscores: EKS takes no other, and no subnet would be found by it."
  }
}

variable "cidr" {
  description = "IPv4 range of the network."
  type        = string

  validation {
    condition     = can(cidrhost(var.cidr, 0)) && try(cidrsubnet(var.cidr, 0, 0) == var.cidr, false)
    error_message = "The range of the network is a CIDR block that begins at its first address, such as 10.20.0.0/16."
  }

  validation {
    condition     = try(tonumber(split("/", var.cidr)[1]) >= 16 && tonumber(split("/", var.cidr)[1]) <= 20, false)
    error_message = "The range of the network is a /16 to /20: AWS takes nothing larger, and nothing smaller holds the pods of three zones."
  }
}

variable "zones" {
  description = <<-EOT
    Availability zones by name, each with the ranges of its subnets: `public` for load balancers and NAT gateways, `private` for nodes
    and pods, `data` for stores; where `egress_inspection` is on, `firewall` for its endpoint and `nat` for the NAT gateway
    (a /28 each). Every range is said, so that one more zone moves nothing.
  EOT
  type = map(object({
    public   = string
    private  = string
    data     = string
    firewall = optional(string)
    nat      = optional(string)
  }))

  validation {
    condition     = length(var.zones) >= 3
    error_message = "Name at least three zones: the stores keep three copies, each in a zone of its own."
  }

  validation {
    condition     = alltrue([for zone in keys(var.zones) : can(regex("^[a-z]{2}(-[a-z]+)+-[0-9][a-z]$", zone))])
    error_message = "The keys are names of availability zones, such as us-east-1a."
  }
}

variable "single_nat_zone" {
  description = "The one zone that has a NAT gateway, for all zones: cheaper, and without a way out when that zone fails. Null: each zone has its own."
  type        = string
  default     = null

  validation {
    condition     = var.single_nat_zone == null ? true : contains(keys(var.zones), var.single_nat_zone)
    error_message = "The zone of the only NAT gateway has to be one of the zones."
  }
}

variable "egress_inspection" {
  description = <<-EOT
    Whether a network firewall stands between the private subnets and the NAT gateways: makes its subnets and those of the NAT
    gateways, and leaves the default routes of the private subnets, and the way back from the NAT gateways, to the module that
    makes the firewall. Turned on later it makes the NAT gateways anew; their addresses stay.
  EOT
  type        = bool
  default     = false

  validation {
    condition     = !var.egress_inspection || alltrue([for cidrs in values(var.zones) : cidrs.firewall != null && cidrs.nat != null])
    error_message = "A firewall needs a range for its subnet and one for the NAT gateway in every zone: set firewall and nat in each of zones."
  }

  validation {
    condition     = !var.egress_inspection || var.single_nat_zone == null
    error_message = "A firewall needs a NAT gateway in every zone: with one for all, traffic would come back through another zone's firewall, which drops it."
  }
}

variable "interface_endpoints" {
  description = "Services of AWS that are reached by an address in the private subnets, not through NAT, by the last part of their names."
  type        = set(string)
  default = [
    "autoscaling",
    "ec2",
    "ecr.api",
    "ecr.dkr",
    "eks",
    "eks-auth",
    "elasticfilesystem",
    "elasticloadbalancing",
    "kms",
    "logs",
    "monitoring",
    "secretsmanager",
    "sqs",
    "ssm",
    "ssmmessages",
    "sts",
  ]

  validation {
    condition     = !contains(var.interface_endpoints, "s3")
    error_message = "S3 has a gateway endpoint here, which costs nothing: leave it out of interface_endpoints."
  }

  validation {
    condition     = alltrue([for service in var.interface_endpoints : can(regex("^[a-z0-9][a-z0-9.-]*$", service)) && !strcontains(service, "amazonaws")])
    error_message = "Services are named by the end of their names, ecr.api for com.amazonaws.REGION.ecr.api; not so: ${join(", ", [for service in var.interface_endpoints : service if !can(regex("^[a-z0-9][a-z0-9.-]*$", service)) || strcontains(service, "amazonaws")])}."
  }
}

variable "s3_account_ids" {
  description = "Further accounts whose buckets may be reached through the endpoint of S3."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for account in var.s3_account_ids : can(regex("^[0-9]{12}$", account))])
    error_message = "An account id has 12 digits."
  }
}

variable "s3_read_buckets" {
  description = "Further buckets, of anybody, that may be read through the endpoint of S3."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for bucket in var.s3_read_buckets : can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", bucket))])
    error_message = "A bucket is given by its name, without arn:aws:s3::: and without a wildcard: the endpoint of S3 is a way past the firewall."
  }
}

variable "flow_log_kms_key_arn" {
  description = "The key that encrypts the flow logs; its policy has to admit CloudWatch Logs."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.flow_log_kms_key_arn))
    error_message = "The key of the flow logs is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "flow_log_retention_days" {
  description = "Days that flow logs are kept."
  type        = number
  default     = 365

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.flow_log_retention_days)
    error_message = "CloudWatch keeps logs for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, ... days, and for none in between."
  }
}
