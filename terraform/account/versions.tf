terraform {
  required_version = ">= 1.11"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.66"
    }
  }

  # Bucket, region and key come from bootstrap: terraform init -backend-config=backend.hcl
  backend "s3" {
    key          = "account.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}

# Cost Explorer has one endpoint.
provider "aws" {
  region = "us-east-1"

  default_tags {
    tags = {
      Project   = "medical-kg"
      ManagedBy = "terraform"
      Root      = "account"
    }
  }
}
