mock_provider "aws" {
  override_during = plan

  mock_data "aws_partition" {
    defaults = { partition = "aws-us-gov" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_region" {
    defaults = { region = "us-gov-east-1" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws-us-gov:logs:us-gov-east-1:123456789012:log-group:search" }
  }
  mock_resource "aws_opensearch_domain" {
    defaults = { endpoint = "vpc-search-abc.us-gov-east-1.es.amazonaws.com" }
  }
  mock_resource "aws_security_group" {
    defaults = { id = "sg-0a1b2c3d" }
  }
}

variables {
  name           = "medkg-prod"
  engine_version = "OpenSearch_3.1"
  nodes          = { instance_type = "r7g.xlarge.search", volume_gib = 200 }
  vpc_id         = "vpc-1"
  subnet_ids = {
    us-gov-east-1a = "subnet-a"
    us-gov-east-1b = "subnet-b"
    us-gov-east-1c = "subnet-c"
  }
  client_security_group_ids = { cluster = "sg-cluster" }
  kms_key_arn               = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/search"
  logs_kms_key_arn          = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/logs"
  master_role_arn           = "arn:aws-us-gov:iam::123456789012:role/search-admin"
  snapshots = {
    bucket_name = "medkg-snapshots"
    bucket_arn  = "arn:aws-us-gov:s3:::medkg-snapshots"
    kms_key_arn = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/snapshots"
  }
}

run "three_nodes_over_three_zones" {
  command = plan

  assert {
    condition = (
      aws_opensearch_domain.this.cluster_config[0].instance_count == 3 &&
      aws_opensearch_domain.this.cluster_config[0].zone_awareness_enabled &&
      aws_opensearch_domain.this.cluster_config[0].zone_awareness_config[0].availability_zone_count == 3
    )
    error_message = "Three nodes, each in a zone of its own."
  }

  assert {
    condition     = !aws_opensearch_domain.this.cluster_config[0].dedicated_master_enabled && !aws_opensearch_domain.this.cluster_config[0].warm_enabled && length(aws_opensearch_domain.this.cluster_config[0].cold_storage_options) == 0
    error_message = "No managers, UltraWarm or cold storage that nobody asked for."
  }

  assert {
    condition     = aws_opensearch_domain.this.vpc_options[0].subnet_ids == toset(["subnet-a", "subnet-b", "subnet-c"])
    error_message = "It lies in the subnets that it is given."
  }

  assert {
    condition     = aws_opensearch_domain.this.encrypt_at_rest[0].enabled && aws_opensearch_domain.this.encrypt_at_rest[0].kms_key_id == var.kms_key_arn && aws_opensearch_domain.this.node_to_node_encryption[0].enabled
    error_message = "Encrypted at rest with the given key, and between nodes."
  }

  assert {
    condition     = aws_opensearch_domain.this.domain_endpoint_options[0].enforce_https && startswith(aws_opensearch_domain.this.domain_endpoint_options[0].tls_security_policy, "Policy-Min-TLS-1-2")
    error_message = "HTTPS alone, by TLS 1.2 or newer."
  }

  assert {
    condition     = aws_opensearch_domain.this.ebs_options[0].volume_type == "gp3" && aws_opensearch_domain.this.ebs_options[0].volume_size == 200
    error_message = "Its volumes are gp3 of the size that is asked for."
  }

  assert {
    condition     = aws_opensearch_domain.this.auto_tune_options[0].desired_state == "ENABLED" && length(aws_iam_service_linked_role.this) == 0
    error_message = "It tunes itself, and leaves the service-linked role to the account."
  }
}

run "who_gets_in" {
  command = plan

  assert {
    condition = (
      aws_opensearch_domain.this.advanced_security_options[0].enabled &&
      !aws_opensearch_domain.this.advanced_security_options[0].internal_user_database_enabled &&
      !aws_opensearch_domain.this.advanced_security_options[0].anonymous_auth_enabled &&
      aws_opensearch_domain.this.advanced_security_options[0].master_user_options[0].master_user_arn == var.master_role_arn
    )
    error_message = "Fine-grained access with a role for its master, and nobody unnamed."
  }

  assert {
    condition = (
      jsondecode(aws_opensearch_domain.this.access_policies).Statement[0].Principal.AWS == ["arn:aws-us-gov:iam::123456789012:root"] &&
      jsondecode(aws_opensearch_domain.this.access_policies).Statement[0].Resource == ["arn:aws-us-gov:es:us-gov-east-1:123456789012:domain/medkg-prod/*"] &&
      alltrue([for action in jsondecode(aws_opensearch_domain.this.access_policies).Statement[0].Action : !strcontains(action, "*")])
    )
    error_message = "Signed requests of the account get through, by named actions, to this domain."
  }

  assert {
    condition = (
      keys(aws_vpc_security_group_ingress_rule.clients) == ["cluster"] &&
      aws_vpc_security_group_ingress_rule.clients["cluster"].referenced_security_group_id == "sg-cluster" &&
      aws_vpc_security_group_ingress_rule.clients["cluster"].from_port == 443 &&
      aws_vpc_security_group_ingress_rule.clients["cluster"].to_port == 443
    )
    error_message = "The security group is closed but for the cluster's, on 443."
  }

  assert {
    condition     = output.url == "https://vpc-search-abc.us-gov-east-1.es.amazonaws.com"
    error_message = "The address begins with https://."
  }
}

run "logs_and_who_writes_them" {
  command = plan

  assert {
    condition     = toset([for option in aws_opensearch_domain.this.log_publishing_options : option.log_type]) == toset(["AUDIT_LOGS", "ES_APPLICATION_LOGS", "INDEX_SLOW_LOGS", "SEARCH_SLOW_LOGS"])
    error_message = "All four kinds of logs are published."
  }

  assert {
    condition     = alltrue([for group in values(aws_cloudwatch_log_group.this) : group.kms_key_id == var.logs_kms_key_arn && group.retention_in_days == 365])
    error_message = "They are encrypted with the given key, and kept for a year."
  }

  assert {
    condition = (
      jsondecode(aws_cloudwatch_log_resource_policy.this.policy_document).Statement[0].Principal == { Service = "es.amazonaws.com" } &&
      jsondecode(aws_cloudwatch_log_resource_policy.this.policy_document).Statement[0].Condition.ArnLike["aws:SourceArn"] == "arn:aws-us-gov:es:us-gov-east-1:123456789012:domain/medkg-prod" &&
      contains(jsondecode(aws_cloudwatch_log_resource_policy.this.policy_document).Statement[0].Resource, "arn:aws-us-gov:logs:us-gov-east-1:123456789012:log-group:search:*")
    )
    error_message = "The service may write them, for this domain and into its groups alone."
  }
}

run "snapshots_below_a_prefix" {
  command = plan

  assert {
    condition = (
      jsondecode(aws_iam_role.snapshots.assume_role_policy).Statement[0].Principal == { Service = "es.amazonaws.com" } &&
      jsondecode(aws_iam_role.snapshots.assume_role_policy).Statement[0].Condition.StringEquals["aws:SourceAccount"] == "123456789012"
    )
    error_message = "The domain takes the role, and that of no other account."
  }

  assert {
    condition = (
      jsondecode(aws_iam_role_policy.snapshots.policy).Statement[0].Condition.StringLike["s3:prefix"] == ["os/*"] &&
      jsondecode(aws_iam_role_policy.snapshots.policy).Statement[1].Resource == ["arn:aws-us-gov:s3:::medkg-snapshots/os/*"] &&
      jsondecode(aws_iam_role_policy.snapshots.policy).Statement[2].Resource == [var.snapshots.kms_key_arn]
    )
    error_message = "It reaches os/ of the one bucket, with its key."
  }

  assert {
    condition     = output.snapshot_bucket == "medkg-snapshots" && output.snapshot_base_path == "os"
    error_message = "What the registration of the repository asks for is an output."
  }
}

run "everything_on" {
  command = plan
  variables {
    managers                   = { instance_type = "m7g.large.search" }
    warm                       = { count = 3 }
    cold                       = true
    access_principals          = ["arn:aws-us-gov:iam::123456789012:role/medkg-prod-indexer"]
    create_service_linked_role = true
  }

  assert {
    condition     = aws_opensearch_domain.this.cluster_config[0].dedicated_master_count == 3 && aws_opensearch_domain.this.cluster_config[0].dedicated_master_type == "m7g.large.search"
    error_message = "Three dedicated managers."
  }

  assert {
    condition     = aws_opensearch_domain.this.cluster_config[0].warm_count == 3 && aws_opensearch_domain.this.cluster_config[0].cold_storage_options[0].enabled
    error_message = "UltraWarm, and cold storage behind it."
  }

  assert {
    condition     = jsondecode(aws_opensearch_domain.this.access_policies).Statement[0].Principal.AWS == ["arn:aws-us-gov:iam::123456789012:role/medkg-prod-indexer"]
    error_message = "Named roles in place of the account."
  }

  assert {
    condition     = aws_iam_service_linked_role.this[0].aws_service_name == "opensearchservice.amazonaws.com"
    error_message = "The service-linked role is made where it is asked for."
  }
}

run "one_small_node" {
  command = plan
  variables {
    nodes      = { instance_type = "t3.medium.search", count = 1, volume_gib = 20 }
    subnet_ids = { us-gov-east-1a = "subnet-a" }
  }

  assert {
    condition     = !aws_opensearch_domain.this.cluster_config[0].zone_awareness_enabled && length(aws_opensearch_domain.this.cluster_config[0].zone_awareness_config) == 0
    error_message = "One zone knows nothing of others."
  }

  assert {
    condition     = aws_opensearch_domain.this.ebs_options[0].iops == 3000 && aws_opensearch_domain.this.ebs_options[0].throughput == 125
    error_message = "A small volume is where gp3 begins."
  }

  assert {
    condition     = aws_opensearch_domain.this.auto_tune_options[0].desired_state == "DISABLED"
    error_message = "Machines that burst are not tuned: AWS refuses that."
  }
}

run "refuses_ultrawarm_without_managers" {
  command = plan
  variables { warm = {} }
  expect_failures = [aws_opensearch_domain.this]
}

run "refuses_ultrawarm_with_t3" {
  command = plan
  variables {
    nodes    = { instance_type = "t3.medium.search", volume_gib = 20 }
    managers = { instance_type = "m7g.large.search" }
    warm     = {}
  }
  expect_failures = [aws_opensearch_domain.this]
}

run "refuses_ultrawarm_with_managers_of_t3" {
  command = plan
  variables {
    managers = { instance_type = "t3.medium.search" }
    warm     = {}
  }
  expect_failures = [aws_opensearch_domain.this]
}

run "refuses_cold_storage_alone" {
  command = plan
  variables { cold = true }
  expect_failures = [aws_opensearch_domain.this]
}

run "refuses_an_even_number_of_managers" {
  command = plan
  variables { managers = { instance_type = "m7g.large.search", count = 4 } }
  expect_failures = [aws_opensearch_domain.this]
}

run "refuses_one_manager" {
  command = plan
  variables { managers = { instance_type = "m7g.large.search", count = 1 } }
  expect_failures = [aws_opensearch_domain.this]
}

run "refuses_seven_managers" {
  command = plan
  variables { managers = { instance_type = "m7g.large.search", count = 7 } }
  expect_failures = [aws_opensearch_domain.this]
}

run "large_volumes" {
  command = plan
  variables { nodes = { instance_type = "r7g.2xlarge.search", volume_gib = 1400 } }

  assert {
    condition     = aws_opensearch_domain.this.ebs_options[0].iops == 4200 && aws_opensearch_domain.this.ebs_options[0].throughput == 250
    error_message = "A large volume has what the service gives it anyway, 3 IOPS a GiB and 250 MiB/s."
  }
}

run "refuses_less_than_a_large_volume_has" {
  command = plan
  variables { nodes = { instance_type = "r7g.2xlarge.search", volume_gib = 1400, iops = 3000, throughput = 250 } }
  expect_failures = [aws_opensearch_domain.this]
}

run "refuses_less_throughput_than_a_volume_has" {
  command = plan
  variables { nodes = { instance_type = "r7g.2xlarge.search", volume_gib = 171, iops = 3000, throughput = 125 } }
  expect_failures = [aws_opensearch_domain.this]
}

run "refuses_nodes_that_do_not_spread" {
  command = plan
  variables { nodes = { instance_type = "r7g.large.search", count = 4, volume_gib = 100 } }
  expect_failures = [aws_opensearch_domain.this]
}

run "refuses_fewer_nodes_than_zones" {
  command = plan
  variables { nodes = { instance_type = "r7g.large.search", count = 0, volume_gib = 100 } }
  expect_failures = [aws_opensearch_domain.this]
}

run "refuses_what_opensearch_refuses" {
  command = plan
  variables {
    name                      = "Search"
    engine_version            = "OpenSearch_2.11"
    nodes                     = { instance_type = "r7g.large", volume_gib = 5 }
    managers                  = { instance_type = "m7g.large" }
    warm                      = { count = 1 }
    subnet_ids                = {}
    client_security_group_ids = {}
    kms_key_arn               = "alias/search"
    logs_kms_key_arn          = "alias/logs"
    log_retention_days        = 10
    master_role_arn           = "admin"
    access_principals         = ["*"]
    off_peak_hour             = 24
  }
  expect_failures = [
    var.name,
    var.engine_version,
    var.nodes,
    var.managers,
    var.warm,
    var.subnet_ids,
    var.client_security_group_ids,
    var.kms_key_arn,
    var.logs_kms_key_arn,
    var.log_retention_days,
    var.master_role_arn,
    var.access_principals,
    var.off_peak_hour,
  ]
}
