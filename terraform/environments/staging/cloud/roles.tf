# Roles of the platform's services, and of the jobs around it.

module "platform_roles" {
  source = "../../../modules/platform-roles"

  cluster_name  = module.eks.name
  identity_mode = var.identity_mode
  oidc_issuer   = module.eks.oidc_issuer

  namespace        = var.namespace
  release          = var.release
  service_accounts = var.service_accounts
  aws_access       = var.aws_access
  buckets          = module.s3.buckets

  kafka = { cluster_arn = module.kafka.cluster_arn }
  snapshots = {
    domain_arn      = module.opensearch.arn
    bucket_role_arn = module.opensearch.snapshot_role_arn
  }

  external_secrets = {
    secret_arns  = [module.database.secret_arn]
    kms_key_arns = [module.key["database"].arn]
  }
  # For a job that is not there yet: it comes with the chart. The password of the database is replaced by RDS itself, those of
  # services are in Vault.
  secret_rotation = {
    secret_arns  = [module.neo4j.admin_secret_arn]
    kms_key_arns = [module.key["credentials"].arn]
  }
  neo4j_backup = {
    bucket_arn  = module.s3.buckets["snapshots"].arn
    kms_key_arn = module.s3.buckets["snapshots"].kms_key_arn
  }
  airflow = {
    logs = {
      bucket_arn  = module.s3.buckets["logs"].arn
      kms_key_arn = module.s3.buckets["logs"].kms_key_arn
    }
    flows = {
      bucket_arn  = module.s3.buckets["artifacts"].arn
      kms_key_arn = module.s3.buckets["artifacts"].kms_key_arn
    }
  }
  vault_unseal = { kms_key_arn = module.seal_key.arn, assumed_role_arns = var.vault_assumed_role_arns }
}

# Without it nobody opens Vault: neither Vault itself after a restart nor those who hold its recovery keys.
module "seal_key" {
  source = "../../../modules/kms-key"

  name        = "${local.name}/vault-seal"
  description = "Seal of Vault of ${local.name}"
}
