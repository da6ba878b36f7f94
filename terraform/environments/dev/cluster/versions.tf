terraform {
  required_version = ">= 1.11"

  required_providers {
    helm = {
      source  = "hashicorp/helm"
      version = "~> 3.3"
    }
    vault = {
      source  = "hashicorp/vault"
      version = "~> 5.13"
    }
  }

  # Bucket, region and key come from bootstrap: terraform init -backend-config=backend.hcl
  backend "s3" {
    key          = "dev/cluster.tfstate"
    encrypt      = true
    use_lockfile = true
  }
}

provider "helm" {
  kubernetes = {
    host                   = var.cluster.endpoint
    cluster_ca_certificate = base64decode(var.cluster.certificate_authority)

    # A login for each call, by the role of whoever applies: no token lies in the state.
    exec = {
      api_version = "client.authentication.k8s.io/v1"
      command     = "aws"
      args        = ["eks", "get-token", "--region", var.cluster.region, "--cluster-name", var.cluster.name]
    }
  }
}

# Logs in by VAULT_TOKEN, or by what `vault login` left.
provider "vault" {
  address = var.vault_address
}
