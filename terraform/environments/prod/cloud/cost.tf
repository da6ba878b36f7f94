module "cost" {
  source = "../../../modules/cost"

  name              = local.name
  environment       = local.environment
  monthly_limit_usd = var.monthly_limit_usd
  emails            = var.cost_emails
}
