mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws-us-gov" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { region = "us-gov-east-1" }
  }
}

variables {
  name = "medkg-prod"
  kms_key_arns = {
    artifacts  = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/artifacts"
    embeddings = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/artifacts"
    snapshots  = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/snapshots"
    audit      = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/audit"
    logs       = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/logs"
  }
}

run "five_closed_buckets" {
  command = plan

  assert {
    condition     = { for key, bucket in aws_s3_bucket.this : key => bucket.bucket } == { for purpose in ["artifacts", "audit", "embeddings", "logs", "snapshots"] : purpose => "medkg-prod-${purpose}-123456789012" }
    error_message = "One bucket for each purpose, with the account in its name, and no copies."
  }

  assert {
    condition = alltrue([
      for block in values(aws_s3_bucket_public_access_block.this) : block.block_public_acls && block.block_public_policy && block.ignore_public_acls && block.restrict_public_buckets
    ]) && length(aws_s3_bucket_public_access_block.this) == 5
    error_message = "Each is closed to the public."
  }

  assert {
    condition     = alltrue([for versioning in values(aws_s3_bucket_versioning.this) : versioning.versioning_configuration[0].status == "Enabled"]) && length(aws_s3_bucket_versioning.this) == 5
    error_message = "Each keeps versions."
  }

  assert {
    condition = { for key, encryption in aws_s3_bucket_server_side_encryption_configuration.this : key => one(one(encryption.rule).apply_server_side_encryption_by_default).kms_master_key_id } == {
      for purpose, key in var.kms_key_arns : purpose => key
    }
    error_message = "Each encrypts with its own key."
  }

  assert {
    condition     = alltrue([for controls in values(aws_s3_bucket_ownership_controls.this) : controls.rule[0].object_ownership == "BucketOwnerEnforced"])
    error_message = "No access lists: what lies in a bucket belongs to it."
  }
}

run "policies_that_only_deny" {
  command = plan

  assert {
    condition = alltrue(flatten([
      for policy in values(aws_s3_bucket_policy.this) : [for statement in jsondecode(policy.policy).Statement : statement.Effect == "Deny"]
    ])) && length(aws_s3_bucket_policy.this) == 5
    error_message = "Policies of buckets allow nothing."
  }

  assert {
    condition = alltrue([
      for policy in values(aws_s3_bucket_policy.this) :
      jsondecode(policy.policy).Statement[0].Condition == { Bool = { "aws:SecureTransport" = "false" } } &&
      jsondecode(policy.policy).Statement[1].Condition == { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
    ])
    error_message = "TLS 1.2 or newer, or nothing."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this["audit"].policy).Statement[0].Resource == ["arn:aws-us-gov:s3:::medkg-prod-audit-123456789012", "arn:aws-us-gov:s3:::medkg-prod-audit-123456789012/*"]
    error_message = "A policy is about its bucket and all in it, in its partition."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.this["snapshots"].policy).Statement[3].Condition.StringNotEquals["s3:x-amz-server-side-encryption-aws-kms-key-id"] == var.kms_key_arns.snapshots
    error_message = "Nobody encrypts with a key of their own choice."
  }
}

run "what_becomes_of_objects" {
  command = plan

  assert {
    condition = { for transition in one([for rule in aws_s3_bucket_lifecycle_configuration.this["artifacts"].rule : rule if rule.id == "tiers"]).transition : transition.storage_class => transition.days } == {
      STANDARD_IA  = 90
      DEEP_ARCHIVE = 365
    }
    error_message = "Artifacts go to infrequent access after 90 days, to deep archive after a year."
  }

  assert {
    condition = alltrue([
      for configuration in values(aws_s3_bucket_lifecycle_configuration.this) :
      one([for rule in configuration.rule : rule if rule.id == "old-versions"]).noncurrent_version_expiration[0].noncurrent_days == 30 &&
      one([for rule in configuration.rule : rule if rule.id == "unfinished-uploads"]).abort_incomplete_multipart_upload[0].days_after_initiation == 7
    ])
    error_message = "Old versions are kept for 30 days, unfinished uploads for 7."
  }

  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.this["snapshots"].rule : startswith(rule.filter[0].prefix, "neo4j/")])
    error_message = "No rule of the bucket of snapshots reaches os/."
  }

  assert {
    condition     = [for rule in aws_s3_bucket_lifecycle_configuration.this["snapshots"].rule : rule.id] == ["old-versions", "unfinished-uploads"]
    error_message = "Backups of Neo4j do not expire unless it is said when."
  }

  assert {
    condition     = one([for rule in aws_s3_bucket_lifecycle_configuration.this["logs"].rule : rule if rule.id == "old-logs"]).expiration[0].days == 30
    error_message = "Logs are kept for 30 days."
  }

  assert {
    condition     = alltrue([for purpose in ["artifacts", "audit", "embeddings"] : alltrue([for rule in aws_s3_bucket_lifecycle_configuration.this[purpose].rule : rule.id != "old-logs"])])
    error_message = "Nothing but logs expires."
  }
}

run "records_that_nobody_changes" {
  command = plan

  assert {
    condition     = { for key, bucket in aws_s3_bucket.this : key => bucket.object_lock_enabled if bucket.object_lock_enabled } == { audit = true }
    error_message = "Object Lock is on from the first day, for audit alone."
  }

  assert {
    condition = (
      aws_s3_bucket_object_lock_configuration.audit["audit"].rule[0].default_retention[0].mode == "COMPLIANCE" &&
      aws_s3_bucket_object_lock_configuration.audit["audit"].rule[0].default_retention[0].days == 365
    )
    error_message = "What is written to audit stays as it is for a year, whoever asks."
  }
}

run "backups_of_neo4j_that_expire" {
  command = plan
  variables {
    neo4j_expiry = { full_days = 30, differential_days = 7, full_every_days = 1 }
  }

  assert {
    condition = {
      for rule in aws_s3_bucket_lifecycle_configuration.this["snapshots"].rule : rule.filter[0].and[0].tags["backup"] => rule.expiration[0].days if startswith(rule.id, "neo4j-")
      } == {
      full         = 30
      differential = 7
    }
    error_message = "Full backups expire after 30 days, differential ones after 7."
  }

  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.this["snapshots"].rule : rule.filter[0].and[0].prefix == "neo4j/" if startswith(rule.id, "neo4j-")])
    error_message = "They are about neo4j/ alone."
  }
}

run "copies_in_a_second_region" {
  command = plan
  variables {
    replication = { region = "us-gov-west-1", kms_key_arn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/replicas" }
  }

  assert {
    condition     = { for key, bucket in aws_s3_bucket.this : key => bucket.region if endswith(key, "-replica") } == { for purpose in ["artifacts", "audit", "snapshots"] : "${purpose}-replica" => "us-gov-west-1" }
    error_message = "Artifacts, audit and snapshots have copies in the second region."
  }

  assert {
    condition = alltrue([
      for configuration in values(aws_s3_bucket_replication_configuration.this) :
      configuration.rule[0].destination[0].encryption_configuration[0].replica_kms_key_id == var.replication.kms_key_arn &&
      configuration.rule[0].source_selection_criteria[0].sse_kms_encrypted_objects[0].status == "Enabled"
    ]) && length(aws_s3_bucket_replication_configuration.this) == 3
    error_message = "Encrypted objects are copied, and encrypted with the key of the second region."
  }

  assert {
    condition = (
      jsondecode(aws_iam_role_policy.replication[0].policy).Statement[3].Resource == [var.kms_key_arns.artifacts, var.kms_key_arns.audit, var.kms_key_arns.snapshots] &&
      jsondecode(aws_iam_role_policy.replication[0].policy).Statement[4].Resource == [var.replication.kms_key_arn]
    )
    error_message = "The role may decrypt with the keys of the sources, and encrypt with that of the copies."
  }

  assert {
    condition = (
      aws_s3_bucket.this["audit-replica"].object_lock_enabled &&
      aws_s3_bucket_object_lock_configuration.audit["audit-replica"].region == "us-gov-west-1" &&
      aws_s3_bucket_versioning.this["audit-replica"].versioning_configuration[0].status == "Enabled"
    )
    error_message = "A copy of a locked bucket is locked, and keeps versions."
  }

  assert {
    condition     = alltrue([for rule in aws_s3_bucket_lifecycle_configuration.this["snapshots-replica"].rule : startswith(rule.filter[0].prefix, "neo4j/")])
    error_message = "No rule of the copy of the snapshots reaches os/ either."
  }

  assert {
    condition = { for purpose, configuration in aws_s3_bucket_replication_configuration.this : purpose => configuration.rule[0].delete_marker_replication[0].status } == {
      artifacts = "Disabled"
      audit     = "Disabled"
      snapshots = "Enabled"
    }
    error_message = "What is deleted in one region stays in the other, but for snapshots: who wrote them deletes what is old."
  }

  assert {
    condition = flatten([
      for statement in jsondecode(aws_iam_role_policy.replication[0].policy).Statement : statement.Resource if contains(statement.Action, "s3:ReplicateDelete")
    ]) == ["arn:aws-us-gov:s3:::medkg-prod-snapshots-123456789012-replica/*"]
    error_message = "The role may delete in the copy of the snapshots alone."
  }
}

run "refuses_replication_without_a_second_region" {
  command = plan
  variables { replication = { kms_key_arn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/replicas" } }
  expect_failures = [var.replication]
}

run "refuses_replication_within_the_region" {
  command = plan
  variables { replication = { region = "us-gov-east-1", kms_key_arn = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/replicas" } }
  expect_failures = [aws_s3_bucket.this]
}

run "refuses_replication_without_a_second_key" {
  command = plan
  variables { replication = { region = "us-gov-west-1" } }
  expect_failures = [var.replication]
}

run "refuses_one_key_for_both_regions" {
  command = plan
  variables { replication = { region = "us-gov-west-1", kms_key_arn = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/artifacts" } }
  expect_failures = [aws_s3_bucket.this]
}

run "refuses_a_full_backup_that_goes_first" {
  command = plan
  variables { neo4j_expiry = { full_days = 8, differential_days = 7, full_every_days = 1 } }
  expect_failures = [var.neo4j_expiry]
}

run "refuses_what_s3_refuses" {
  command = plan
  variables {
    name            = "medkg-production-of-the-whole-world"
    artifact_days   = { infrequent_access = 20 }
    noncurrent_days = 0
    log_days        = 1.5
    audit_lock      = { mode = "FOREVER", days = 0 }
    replication     = { region = "us-gov-west-1", kms_key_arn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/replicas", buckets = ["backups"] }
  }
  expect_failures = [
    var.name,
    var.artifact_days,
    var.noncurrent_days,
    var.log_days,
    var.audit_lock,
    var.replication,
  ]
}
