# A cluster with one GPU pool, and spot nodes for backfills.

provider "helm" {
  kubernetes = {
    host = "https://example.eks.amazonaws.com"
  }
}

module "addons" {
  source = "../.."

  region = "us-east-1"
  cluster = {
    name                       = "example"
    endpoint                   = "https://example.eks.amazonaws.com"
    vpc_id                     = "vpc-0123456789abcdef0"
    security_group_id          = "sg-0123456789abcdef0"
    karpenter_queue_name       = "example-karpenter-interruption"
    karpenter_instance_profile = "example-karpenter-node"
    volumes_kms_key_arn        = "arn:aws:kms:us-east-1:123456789012:key/0f0f0f0f-0f0f-0f0f-0f0f-0f0f0f0f0f0f"
  }
  role_arns = {
    load-balancer      = "arn:aws:iam::123456789012:role/example-load-balancer"
    cluster-autoscaler = "arn:aws:iam::123456789012:role/example-cluster-autoscaler"
    karpenter          = "arn:aws:iam::123456789012:role/example-karpenter"
  }
  gpu_pools = {
    mineru-gpu = {
      gpu_type = "a10g"
      labels   = { gpu = "true", gpu_type = "a10g" }
      taints   = [{ key = "dedicated", value = "mineru-gpu", effect = "NO_SCHEDULE" }]
    }
  }
  spot_pools = { backfill = { gpu_type = "a10g", max_gpus = 4 } }
  spot_ami   = "al2023@v20260901"
}

output "releases" {
  description = "What is installed."
  value       = module.addons.releases
}
