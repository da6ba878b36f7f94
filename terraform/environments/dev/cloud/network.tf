module "vpc" {
  source = "../../../modules/vpc"

  name                    = local.name
  cluster_name            = local.name
  cidr                    = var.cidr
  zones                   = var.zones
  single_nat_zone         = var.single_nat_zone
  flow_log_kms_key_arn    = module.key["logs"].arn
  flow_log_retention_days = 30

  # What stores ask in the data subnets, which have no other way, and STS for IRSA. All else goes through NAT, which is cheaper
  # here than an address in three zones for each service.
  interface_endpoints = ["kms", "logs", "monitoring", "secretsmanager", "ssm", "ssmmessages", "sts"]

  # Layers of images of registry.k8s.io, which lie in a bucket of the same region.
  s3_read_buckets = ["prod-registry-k8s-io-${var.region}"]
}

locals {
  store_subnet_ids = { for zone in var.store_zones : zone => module.vpc.data_subnet_ids[zone] }
}
