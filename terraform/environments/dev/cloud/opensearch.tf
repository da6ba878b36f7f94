module "opensearch" {
  source = "../../../modules/opensearch"

  name           = local.name
  engine_version = "OpenSearch_3.1"
  # One node: no copies of shards, and no index while AWS replaces it.
  nodes      = { instance_type = "t3.medium.search", count = 1, volume_gib = 50 }
  subnet_ids = { (var.opensearch_zone) = module.vpc.data_subnet_ids[var.opensearch_zone] }

  vpc_id                    = module.vpc.vpc_id
  client_security_group_ids = { cluster = module.eks.security_group_id }

  kms_key_arn        = module.key["opensearch"].arn
  logs_kms_key_arn   = module.key["logs"].arn
  log_retention_days = 30
  master_role_arn    = var.opensearch_master_role_arn

  snapshots = {
    bucket_name = module.s3.buckets["snapshots"].name
    bucket_arn  = module.s3.buckets["snapshots"].arn
    kms_key_arn = module.s3.buckets["snapshots"].kms_key_arn
  }
}
