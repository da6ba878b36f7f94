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

  # A day, and not for ever: development is destroyed now and then.
  audit_lock = { mode = "GOVERNANCE", days = 1 }
}
