module "kafka" {
  source = "../../../modules/kafka"

  name           = local.name
  instance_type  = "kafka.m7g.large"
  volume_gib     = 100
  max_volume_gib = 500

  # From the platform, so that a name is the same everywhere.
  topics = var.topics

  vpc_id                    = module.vpc.vpc_id
  subnet_ids                = local.store_subnet_ids
  client_security_group_ids = { cluster = module.eks.security_group_id }

  kms_key_arn        = module.key["kafka"].arn
  logs_kms_key_arn   = module.key["logs"].arn
  log_retention_days = 90
}
