# A primary and two secondaries in three zones, from archives in a bucket.

provider "aws" {
  region = "us-east-1"
}

module "key" {
  source = "../../../kms-key"

  name        = "example/neo4j"
  description = "Volumes, secrets and backups of the example"
}

module "neo4j" {
  source = "../.."

  name           = "example"
  edition        = "enterprise"
  accept_license = "eval"
  neo4j_version  = "5.26.14"
  ami_id         = "ami-0a1b2c3d4e5f60718"

  vpc_id                      = "vpc-0a1b2c3d4e5f60718"
  zones                       = ["us-east-1a", "us-east-1b", "us-east-1c"]
  subnet_ids                  = { us-east-1a = "subnet-1", us-east-1b = "subnet-2", us-east-1c = "subnet-3" }
  client_security_group_ids   = { nodes = "sg-0a1b2c3d4e5f60718" }
  endpoints_security_group_id = "sg-1a1b2c3d4e5f60718"
  domain                      = "graph.example.internal"

  software = {
    bucket      = "example-software"
    kms_key_arn = module.key.arn
    prefix      = "neo4j/"
    neo4j       = { object = "neo4j-enterprise-5.26.14-unix.tar.gz", sha256 = sha256("neo4j") }
    java        = { object = "java-21.tar.gz", sha256 = sha256("java") }
    plugins     = { n10s = { object = "neosemantics-5.26.0.jar", sha256 = sha256("n10s") } }
  }

  volumes_kms_key_arn = module.key.arn
  secrets_kms_key_arn = module.key.arn
  tls_secret_arn      = "arn:aws:secretsmanager:us-east-1:123456789012:secret:example/neo4j/tls-AbCdEf"
  backup              = { bucket = "example-snapshots", kms_key_arn = module.key.arn }
}

output "uri" {
  description = "Where clients begin."
  value       = module.neo4j.uri
}
