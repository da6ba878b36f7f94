module "edge" {
  source = "../../../modules/edge"

  name                   = local.name
  host                   = var.edge.host
  zone_id                = var.edge.zone_id
  load_balancer_dns_name = var.edge.load_balancer_dns_name
  allowed_cidrs          = var.edge.allowed_cidrs

  vpc_id       = module.vpc.vpc_id
  target_cidrs = module.vpc.private_cidrs

  log_kms_key_arn            = module.key["logs"].arn
  web_acl_log_retention_days = 365
  log_retention_days         = 365
}
