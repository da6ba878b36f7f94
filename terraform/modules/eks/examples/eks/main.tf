# A small cluster in an existing network: two nodes, and one GPU that is there while something asks for it.

provider "aws" {
  region = "us-east-1"
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  autoscaling = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"
}

module "key" {
  source = "../../../kms-key"

  name        = "example/cluster"
  description = "Secrets, volumes, logs and the queue of the cluster"
  grants = {
    Logs          = { service = "logs.${data.aws_region.current.region}.amazonaws.com" }
    Events        = { service = "events.amazonaws.com" }
    Volumes       = { role_arn = local.autoscaling }
    VolumesGrants = { role_arn = local.autoscaling, create_grants = true }
  }
}

module "eks" {
  source = "../.."

  name               = "example"
  kubernetes_version = "1.36"
  vpc_id             = "vpc-0123456789abcdef0"
  vpc_cidr           = "10.0.0.0/16"
  private_subnet_ids = {
    us-east-1a = "subnet-0123456789abcdef0"
    us-east-1b = "subnet-0123456789abcdef1"
  }

  secrets_kms_key_arn = module.key.arn
  volumes_kms_key_arn = module.key.arn
  logs_kms_key_arn    = module.key.arn
  queue_kms_key_arn   = module.key.arn

  access_entries = {
    operators = {
      principal_arn = "arn:aws:iam::123456789012:role/operators"
      policies      = ["AmazonEKSClusterAdminPolicy"]
    }
  }

  addons = {
    vpc-cni                = { version = "v1.22.4-eksbuild.3" }
    kube-proxy             = { version = "v1.36.0-eksbuild.21" }
    coredns                = { version = "v1.14.3-eksbuild.16" }
    eks-pod-identity-agent = { version = "v1.3.10-eksbuild.3" }
  }

  node_groups = {
    general = { instance_types = ["m7i.large"], min_size = 2, desired_size = 2, max_size = 4 }
  }

  gpu_pools = {
    vllm-gpu = {
      gpu_type = "a10g"
      labels   = { gpu = "true", gpu_type = "a10g" }
      taints   = [{ key = "dedicated", value = "vllm-gpu", effect = "NO_SCHEDULE" }]
      max_size = 1
    }
  }
}

output "cluster" {
  description = "Name of the cluster, for `aws eks update-kubeconfig --name`."
  value       = module.eks.name
}
