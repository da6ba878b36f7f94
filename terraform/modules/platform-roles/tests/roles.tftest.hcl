mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  # Of a module's roles only what it gives out can be looked at.
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/mocked" }
  }
}

variables {
  cluster_name     = "medkg"
  namespace        = "medkg"
  release          = "medkg"
  service_accounts = { api = "medkg-api", parser = "medkg-parser", splade = "medkg-splade" }
  kafka            = { cluster_arn = "arn:aws:kafka:us-east-1:123456789012:cluster/medkg/0a1b" }
  buckets = {
    artifacts = { arn = "arn:aws:s3:::artifacts", kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/artifacts" }
  }
  aws_access = {
    api    = { reads_buckets = [], writes_buckets = [], reads_topics = [], writes_topics = ["ingest.requests.v1"] }
    parser = { reads_buckets = ["artifacts"], writes_buckets = ["artifacts"], reads_topics = ["ingest.results.v1"], writes_topics = [] }
  }
}

run "services" {
  command = plan

  assert {
    condition     = jsonencode(output.service_accounts) == jsonencode({ api = "medkg/medkg-api", parser = "medkg/medkg-parser" })
    error_message = "Who asks something of AWS has a role, and nobody else."
  }

  assert {
    condition     = jsonencode(flatten([for statement in local.service_statements["api"] : statement.Action])) == jsonencode(["kafka-cluster:Connect", "kafka-cluster:DescribeCluster", "kafka-cluster:WriteDataIdempotently", "kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"])
    error_message = "Who only writes topics may only write topics."
  }

  assert {
    condition     = jsonencode([for statement in local.service_statements["api"] : statement.Resource if statement.Sid == "WriteTopics"]) == jsonencode([["arn:aws:kafka:us-east-1:123456789012:topic/medkg/0a1b/ingest.requests.v1"]])
    error_message = "Topics are named one by one."
  }

  assert {
    condition     = jsonencode([for statement in local.service_statements["parser"] : statement.Resource if statement.Sid == "ReadAsAGroup"]) == jsonencode([["arn:aws:kafka:us-east-1:123456789012:group/medkg/0a1b/parser", "arn:aws:kafka:us-east-1:123456789012:group/medkg/0a1b/parser-*"]])
    error_message = "A service reads as a group of its own."
  }

  assert {
    condition     = jsonencode([for statement in local.service_statements["parser"] : statement.Resource if contains(["ReadObjects", "WriteObjects"], statement.Sid)]) == jsonencode([["arn:aws:s3:::artifacts/*"], ["arn:aws:s3:::artifacts/*"]])
    error_message = "Who reads and writes a bucket may do both, there."
  }

  assert {
    condition     = !anytrue([for statement in local.service_statements["parser"] : contains(flatten([statement.Action]), "s3:DeleteObject")])
    error_message = "No service deletes objects."
  }
}

run "without_brokers" {
  command = plan
  variables { kafka = null }

  assert {
    condition     = jsonencode(output.service_accounts) == jsonencode({ parser = "medkg/medkg-parser" })
    error_message = "Without brokers that ask for IAM, who only writes topics needs no role."
  }
}

run "jobs" {
  command = plan
  variables {
    snapshots    = { domain_arn = "arn:aws:es:us-east-1:123456789012:domain/medkg", bucket_role_arn = "arn:aws:iam::123456789012:role/snapshots" }
    neo4j_backup = { bucket_arn = "arn:aws:s3:::snapshots", kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/snapshots" }
    airflow = {
      namespace = "airflow"
      logs      = { bucket_arn = "arn:aws:s3:::logs", kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/logs" }
      flows     = { bucket_arn = "arn:aws:s3:::artifacts", kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/artifacts" }
    }
    external_secrets = { secret_arns = ["arn:aws:secretsmanager:us-east-1:123456789012:secret:medkg/a"], kms_key_arns = ["arn:aws:kms:us-east-1:123456789012:key/secrets"] }
    secret_rotation  = { secret_arns = ["arn:aws:secretsmanager:us-east-1:123456789012:secret:medkg/a"], kms_key_arns = ["arn:aws:kms:us-east-1:123456789012:key/secrets"] }
    vault_unseal     = { kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/vault", assumed_role_arns = ["arn:aws:iam::123456789012:role/reports"] }
  }

  assert {
    condition = jsonencode({ for job, account in output.service_accounts : job => account if contains(keys(local.operations), job) }) == jsonencode({
      snapshots          = "medkg/medkg-snapshots"
      neo4j-backup       = "medkg/medkg-neo4j-backup"
      airflow-tasks      = "airflow/airflow-worker"
      airflow-logs       = "airflow/airflow-triggerer"
      airflow-log-reader = "airflow/airflow-api-server"
      external-secrets   = "external-secrets/external-secrets"
      secret-rotation    = "medkg/medkg-secret-rotation"
      vault-unseal       = "vault/vault"
    })
    error_message = "Each job has a role of its own."
  }

  assert {
    condition     = jsonencode([for statement in local.operations["neo4j-backup"].statements : statement.Resource if contains(["ReadBackups", "WriteBackups"], statement.Sid)]) == jsonencode([["arn:aws:s3:::snapshots/neo4j/*"], ["arn:aws:s3:::snapshots/neo4j/*"]])
    error_message = "Backups of Neo4j are written under their prefix, and nothing of OpenSearch is reached."
  }

  assert {
    condition = jsonencode({ for role in ["airflow-tasks", "airflow-logs", "airflow-log-reader"] : role => [
      for statement in local.operations[role].statements : statement.Resource if contains(statement.Action, "s3:PutObject")
      ] }) == jsonencode({
      airflow-tasks      = [["arn:aws:s3:::logs/airflow/*"], ["arn:aws:s3:::artifacts/flows/*"]]
      airflow-logs       = [["arn:aws:s3:::logs/airflow/*"]]
      airflow-log-reader = []
    })
    error_message = "Tasks write logs and the files of flows, the triggerer logs, and the API server shows logs and writes nothing."
  }

  assert {
    condition     = local.operations["vault-unseal"].statements[0].Action == ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt"]
    error_message = "Vault may use the key of its seal, and not change it."
  }

  assert {
    condition = jsonencode([for statement in slice(local.operations["vault-unseal"].statements, 1, 2) : [statement.Action, statement.Resource]]) == jsonencode([
      [["sts:AssumeRole"], ["arn:aws:iam::123456789012:role/reports"]],
    ])
    error_message = "Vault assumes the roles that it lends, and no other."
  }
}

run "another_release" {
  command = plan
  variables {
    release         = "trial"
    namespace       = "trials"
    snapshots       = { domain_arn = "arn:aws:es:us-east-1:123456789012:domain/medkg", bucket_role_arn = "arn:aws:iam::123456789012:role/snapshots" }
    neo4j_backup    = { bucket_arn = "arn:aws:s3:::snapshots", kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/snapshots", service_account = "backups" }
    secret_rotation = { secret_arns = ["arn:aws:secretsmanager:us-east-1:123456789012:secret:medkg/a"], kms_key_arns = ["arn:aws:kms:us-east-1:123456789012:key/secrets"] }
  }

  assert {
    condition = jsonencode({ for job, account in output.service_accounts : job => account if contains(keys(local.operations), job) }) == jsonencode({
      snapshots       = "trials/trial-snapshots"
      neo4j-backup    = "trials/backups"
      secret-rotation = "trials/trial-secret-rotation"
    })
    error_message = "Jobs of a release bear its name, unless another is given."
  }

  assert {
    condition = local.operations["secret-rotation"].statements[0].Resource == tolist(["arn:aws:secretsmanager:us-east-1:123456789012:secret:medkg/a"]) && (
      !anytrue([for action in local.operations["secret-rotation"].statements[0].Action : startswith(action, "secretsmanager:Delete") || startswith(action, "secretsmanager:Create")])
    )
    error_message = "The rotation replaces what it was given, and makes or deletes no secret."
  }
}

run "refuses" {
  command = plan
  variables {
    release          = "Medkg"
    service_accounts = { api = "medkg-api" }
    kafka            = { cluster_arn = "medkg" }
    neo4j_backup     = { bucket_arn = "arn:aws:s3:::snapshots", kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/snapshots", prefix = "os/neo4j/" }
    external_secrets = { secret_arns = [], kms_key_arns = [] }
  }
  expect_failures = [var.release, var.aws_access, var.kafka, var.neo4j_backup, var.external_secrets]
}
