variable "cluster_name" {
  description = "Name of the cluster, and prefix of the names of the roles."
  type        = string
}

variable "identities" {
  description = <<-EOT
    The roles by name, each with the one ServiceAccount that may take it. `policy` is JSON; `managed_policies` are names of
    policies of AWS. `of_addon`: the add-on makes the association itself.
  EOT
  type = map(object({
    description      = string
    namespace        = string
    service_account  = string
    policy           = optional(string)
    managed_policies = optional(list(string), [])
    of_addon         = optional(bool, false)
  }))

  validation {
    condition     = alltrue([for name in keys(var.identities) : can(regex("^[a-z][a-z0-9-]*$", name)) && length("${var.cluster_name}-${name}") <= 64])
    error_message = "Each name has lower-case letters, digits and hyphens, and CLUSTER-NAME at most 64 characters, which is what IAM takes: ${join(", ", [for name in keys(var.identities) : "${var.cluster_name}-${name}" if length("${var.cluster_name}-${name}") > 64])}."
  }

  validation {
    condition     = alltrue([for identity in values(var.identities) : can(regex("^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$", identity.service_account)) && can(regex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$", identity.namespace))])
    error_message = "A role is for one ServiceAccount in one namespace, both by the names that Kubernetes takes: no wildcards."
  }

  validation {
    condition     = length(distinct([for identity in values(var.identities) : "${identity.namespace}/${identity.service_account}"])) == length(var.identities)
    error_message = "Two of the identities are for the same ServiceAccount: EKS takes one role each."
  }

  validation {
    condition     = alltrue([for identity in values(var.identities) : identity.policy == null ? true : length(identity.policy) <= 10240])
    error_message = "A policy is longer than the 10,240 characters that IAM takes in a role."
  }
}

variable "mode" {
  description = "How pods get their role: `pod-identity`, where the chart needs to know nothing, or `irsa`, where each ServiceAccount is annotated with its role."
  type        = string
  default     = "pod-identity"

  validation {
    condition     = contains(["pod-identity", "irsa"], var.mode)
    error_message = "Pods get their roles by pod-identity or by irsa."
  }
}

variable "oidc_issuer" {
  description = "Issuer of the cluster's tokens without https://, for `irsa`."
  type        = string
  default     = ""

  validation {
    condition     = var.mode != "irsa" || var.oidc_issuer != ""
    error_message = "IRSA needs the issuer of the cluster's tokens: set oidc_issuer."
  }
}
