terraform {
  required_version = ">= 1.11"

  required_providers {
    # For the module that makes the roles; here there is no resource.
    # tflint-ignore: terraform_unused_required_providers
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.66"
    }
  }
}
