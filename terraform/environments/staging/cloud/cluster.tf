locals {
  # OpenSearch maps its files into memory and refuses to start with less; it may run in any group that has this.
  opensearch_sysctls = { "vm.max_map_count" = "262144" }
}

module "eks" {
  source = "../../../modules/eks"

  name                = local.name
  tags                = local.tags
  kubernetes_version  = "1.36"
  deletion_protection = true

  vpc_id               = module.vpc.vpc_id
  vpc_cidr             = module.vpc.cidr
  private_subnet_ids   = module.vpc.private_subnet_ids
  public_access_cidrs  = var.api_access_cidrs
  private_access_cidrs = var.api_private_cidrs
  access_entries       = var.access_entries
  identity_mode        = var.identity_mode

  secrets_kms_key_arn = module.key["secrets"].arn
  volumes_kms_key_arn = module.key["volumes"].arn
  logs_kms_key_arn    = module.key["logs"].arn
  queue_kms_key_arn   = module.key["messages"].arn
  log_retention_days  = 90

  # Those of Kubernetes 1.36: aws eks describe-addon-versions --kubernetes-version 1.36
  addons = {
    vpc-cni                = { version = "v1.22.4-eksbuild.3" }
    kube-proxy             = { version = "v1.36.0-eksbuild.21" }
    coredns                = { version = "v1.14.3-eksbuild.16" }
    eks-pod-identity-agent = { version = "v1.3.10-eksbuild.3" }
    aws-ebs-csi-driver     = { version = "v1.63.1-eksbuild.1" }
    aws-efs-csi-driver     = { version = "v3.3.0-eksbuild.1" }
  }

  node_groups = {
    general = {
      instance_types = ["m7i.2xlarge"]
      min_size       = 3
      desired_size   = 3
      max_size       = 6
    }
    high-memory = {
      instance_types = ["r7i.2xlarge"]
      min_size       = 0
      desired_size   = 0
      max_size       = 3
      labels         = { memory = "high" }
      sysctls        = local.opensearch_sysctls
    }
  }

  # Labels and taints come from the platform, how many nodes from here.
  gpu_pools = {
    for name, pool in var.gpu_pools : name => merge(pool, var.gpu_pool_sizes[name]) if contains(keys(var.gpu_pool_sizes), name)
  }
}
