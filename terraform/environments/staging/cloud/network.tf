module "vpc" {
  source = "../../../modules/vpc"

  name                    = local.name
  cluster_name            = local.name
  cidr                    = var.cidr
  zones                   = var.zones
  egress_inspection       = true
  flow_log_kms_key_arn    = module.key["logs"].arn
  flow_log_retention_days = 90

  # Layers of images of registry.k8s.io, which lie in a bucket of the same region.
  s3_read_buckets = ["prod-registry-k8s-io-${var.region}"]
}

locals {
  store_subnet_ids = { for zone in var.store_zones : zone => module.vpc.data_subnet_ids[zone] }
}
