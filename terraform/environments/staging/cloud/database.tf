# Where Airflow keeps its runs, connections and variables.
module "database" {
  source = "../../../modules/database"

  name                = "${local.name}-airflow"
  engine_version      = "17"
  instance_class      = "db.m7g.large"
  storage_gib         = 50
  max_storage_gib     = 200
  multi_az            = false
  backup_days         = 7
  deletion_protection = false
  tags                = { Backup = local.backup_tags.Backup }

  vpc_id                    = module.vpc.vpc_id
  subnet_ids                = local.store_subnet_ids
  client_security_group_ids = { cluster = module.eks.security_group_id }

  kms_key_arn        = module.key["database"].arn
  logs_kms_key_arn   = module.key["logs"].arn
  log_retention_days = 90
}
