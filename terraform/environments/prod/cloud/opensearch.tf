module "opensearch" {
  source = "../../../modules/opensearch"

  name           = local.name
  engine_version = "OpenSearch_3.1"
  nodes          = { instance_type = "r7g.2xlarge.search", count = 3, volume_gib = 1000, iops = 6000, throughput = 250 }
  managers       = { instance_type = "m7g.large.search", count = 3 }
  warm           = { instance_type = "ultrawarm1.medium.search", count = 3 }
  cold           = true
  subnet_ids     = local.store_subnet_ids

  vpc_id                    = module.vpc.vpc_id
  client_security_group_ids = { cluster = module.eks.security_group_id }

  kms_key_arn        = module.key["opensearch"].arn
  logs_kms_key_arn   = module.key["logs"].arn
  log_retention_days = 365
  master_role_arn    = var.opensearch_master_role_arn

  snapshots = {
    bucket_name = module.s3.buckets["snapshots"].name
    bucket_arn  = module.s3.buckets["snapshots"].arn
    kms_key_arn = module.s3.buckets["snapshots"].kms_key_arn
  }
}
