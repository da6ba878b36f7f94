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

  replication = {
    region      = var.second_region
    kms_key_arn = module.replica_key.arn
  }
}

module "replica_key" {
  source = "../../../modules/kms-key"

  name        = "${local.name}/replicas"
  region      = var.second_region
  description = "Copies of buckets of ${local.name}"
}
