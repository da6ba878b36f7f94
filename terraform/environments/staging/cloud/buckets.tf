module "s3" {
  source = "../../../modules/s3"

  name = local.name
  kms_key_arns = {
    artifacts  = module.key["artifacts"].arn
    embeddings = module.key["artifacts"].arn
    snapshots  = module.key["snapshots"].arn
    audit      = module.key["audit"].arn
    logs       = module.key["logs"].arn
  }

  # As in production, but so that staging can be destroyed.
  audit_lock = { mode = "GOVERNANCE", days = 7 }
}
