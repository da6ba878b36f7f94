module "vpc" {
  source = "../../../modules/vpc"

  name                    = local.name
  cluster_name            = local.name
  cidr                    = var.cidr
  zones                   = var.zones
  flow_log_kms_key_arn    = module.key["logs"].arn
  flow_log_retention_days = 365
}
