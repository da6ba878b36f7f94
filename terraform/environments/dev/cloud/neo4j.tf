# One server of the community edition: development has no cluster.
module "neo4j" {
  source = "../../../modules/neo4j"

  name = local.name
  tags = local.tags

  edition       = "community"
  neo4j_version = var.neo4j.version
  primaries     = 1
  secondaries   = 0

  ami_id        = var.neo4j.ami_id
  instance_type = "r7i.large"
  memory        = { heap_gib = 4, pagecache_gib = 6 }
  volume        = { size_gib = 50, iops = 3000, throughput = 125 }

  vpc_id                      = module.vpc.vpc_id
  subnet_ids                  = module.vpc.data_subnet_ids
  zones                       = var.neo4j.zones
  domain                      = "graph.${local.name}.internal"
  client_security_group_ids   = { nodes = module.eks.security_group_id }
  endpoints_security_group_id = module.vpc.endpoints_security_group_id

  # The bucket of snapshots keeps archives too: those of artifacts go to a place from which it takes hours to get them.
  software = {
    bucket      = module.s3.buckets["snapshots"].name
    kms_key_arn = module.s3.buckets["snapshots"].kms_key_arn
    prefix      = "software/neo4j/"
    neo4j       = var.neo4j.software.neo4j
    java        = var.neo4j.software.java
    plugins     = var.neo4j.software.plugins
  }
  backup = {
    bucket      = module.s3.buckets["snapshots"].name
    kms_key_arn = module.s3.buckets["snapshots"].kms_key_arn
  }

  volumes_kms_key_arn    = module.key["volumes"].arn
  secrets_kms_key_arn    = module.key["credentials"].arn
  tls_secret_arn         = var.neo4j.tls_secret_arn
  tls_secret_kms_key_arn = var.neo4j.tls_secret_kms_key_arn
}
