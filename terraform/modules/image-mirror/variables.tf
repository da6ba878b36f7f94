variable "prefix" {
  description = "What the names of all repositories begin with, without a slash at the end."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$", var.prefix))
    error_message = "The prefix has small letters and digits, with single . _ - or / in between, such as medkg-prod/mirror."
  }
}

variable "images" {
  description = "Images by the name of their repository here, each with where it comes from: `{ \"vllm/vllm-openai\" = \"docker.io/vllm/vllm-openai\" }`."
  type        = map(string)

  validation {
    condition     = length(var.images) > 0
    error_message = "A mirror of no images is of no use: name some, or leave the module out."
  }

  validation {
    condition     = alltrue([for name in keys(var.images) : can(regex("^[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$", name)) && length("${var.prefix}/${name}") <= 256])
    error_message = "ECR takes no such names of repositories: ${join(", ", [for name in keys(var.images) : name if !can(regex("^[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*$", name)) || length("${var.prefix}/${name}") > 256])}. They have up to 256 small letters and digits, with single . _ - or / in between."
  }

  validation {
    condition     = alltrue([for source in values(var.images) : !can(regex("@|:[^/]*$", source))])
    error_message = "Name images without tag and digest, whoever copies them says which: ${join(", ", [for source in values(var.images) : source if can(regex("@|:[^/]*$", source))])}."
  }
}

variable "kms_key_arn" {
  description = "The key that encrypts the images."
  type        = string

  validation {
    condition     = can(regex("^arn:[a-z-]+:kms:", var.kms_key_arn))
    error_message = "The key of the images is an ARN of KMS, arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "deletion_protection" {
  description = "Whether a repository that holds images is kept when it is destroyed."
  type        = bool
  default     = true
}
