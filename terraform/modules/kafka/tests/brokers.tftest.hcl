mock_provider "aws" {
  override_during = plan

  mock_resource "aws_msk_cluster" {
    defaults = {
      arn                        = "arn:aws-us-gov:kafka:us-gov-east-1:123456789012:cluster/medkg-prod/0a1b"
      bootstrap_brokers_sasl_iam = "b-1.medkg.abc.c2.kafka.us-gov-east-1.amazonaws.com:9098"
    }
  }
  mock_resource "aws_msk_configuration" {
    defaults = {
      arn             = "arn:aws-us-gov:kafka:us-gov-east-1:123456789012:configuration/medkg-prod/0a1b"
      latest_revision = 7
    }
  }
}

variables {
  name           = "medkg-prod"
  instance_type  = "kafka.m7g.large"
  volume_gib     = 200
  max_volume_gib = 2000
  topics = {
    "ingest.requests.v1" = { partitions = 6, retention_ms = 604800000, compression = "lz4" }
    "audit.events.v1"    = { partitions = 3, retention_ms = 2592000000, compression = "lz4" }
  }
  vpc_id = "vpc-1"
  subnet_ids = {
    us-gov-east-1a = "subnet-a"
    us-gov-east-1b = "subnet-b"
    us-gov-east-1c = "subnet-c"
  }
  client_security_group_ids = { cluster = "sg-cluster" }
  kms_key_arn               = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/messages"
  logs_kms_key_arn          = "arn:aws-us-gov:kms:us-gov-east-1:123456789012:key/logs"
}

run "three_brokers" {
  command = plan

  assert {
    condition     = aws_msk_cluster.this.number_of_broker_nodes == 3 && aws_msk_cluster.this.broker_node_group_info[0].client_subnets == toset(["subnet-a", "subnet-b", "subnet-c"])
    error_message = "One broker in each of three zones."
  }

  assert {
    condition = (
      aws_msk_cluster.this.client_authentication[0].sasl[0].iam &&
      !aws_msk_cluster.this.client_authentication[0].sasl[0].scram &&
      !aws_msk_cluster.this.client_authentication[0].unauthenticated
    )
    error_message = "Logins by IAM, and no others."
  }

  assert {
    condition = (
      aws_msk_cluster.this.encryption_info[0].encryption_at_rest_kms_key_arn == var.kms_key_arn &&
      aws_msk_cluster.this.encryption_info[0].encryption_in_transit[0].client_broker == "TLS" &&
      aws_msk_cluster.this.encryption_info[0].encryption_in_transit[0].in_cluster
    )
    error_message = "Encrypted at rest with the given key, and by TLS on every way."
  }

  assert {
    condition     = aws_msk_cluster.this.broker_node_group_info[0].connectivity_info[0].public_access[0].type == "DISABLED"
    error_message = "Brokers have no public address."
  }

  assert {
    condition = (
      aws_msk_cluster.this.logging_info[0].broker_logs[0].cloudwatch_logs[0].log_group == "/aws/msk/medkg-prod/brokers" &&
      aws_cloudwatch_log_group.brokers.kms_key_id == var.logs_kms_key_arn &&
      aws_cloudwatch_log_group.brokers.retention_in_days == 365
    )
    error_message = "Brokers log to a group that is encrypted and kept for a year."
  }

  assert {
    condition     = aws_msk_cluster.this.open_monitoring[0].prometheus[0].jmx_exporter[0].enabled_in_broker && aws_msk_cluster.this.open_monitoring[0].prometheus[0].node_exporter[0].enabled_in_broker
    error_message = "Prometheus can read what brokers measure."
  }

  assert {
    condition     = output.bootstrap_brokers == "b-1.medkg.abc.c2.kafka.us-gov-east-1.amazonaws.com:9098"
    error_message = "The brokers that are given out are those for logins by IAM."
  }
}

run "how_brokers_are_configured" {
  command = plan

  assert {
    condition     = aws_msk_cluster.this.configuration_info[0].arn == aws_msk_configuration.this.arn && aws_msk_cluster.this.configuration_info[0].revision == 7
    error_message = "The brokers have the configuration in its newest revision."
  }

  assert {
    condition     = contains(split("\n", aws_msk_configuration.this.server_properties), "auto.create.topics.enable = false")
    error_message = "Brokers make no topics by themselves."
  }

  assert {
    condition = (
      contains(split("\n", aws_msk_configuration.this.server_properties), "min.insync.replicas = 2") &&
      contains(split("\n", aws_msk_configuration.this.server_properties), "default.replication.factor = 3")
    )
    error_message = "Three copies, of which two are written."
  }

  assert {
    condition     = contains(split("\n", aws_msk_configuration.this.server_properties), "unclean.leader.election.enable = false")
    error_message = "No broker that lacks messages is read from."
  }
}

run "topics_of_the_platform" {
  command = plan

  assert {
    condition     = keys(aws_msk_topic.this) == ["audit.events.v1", "ingest.requests.v1"]
    error_message = "The topics that are named, and no others."
  }

  assert {
    condition     = aws_msk_topic.this["ingest.requests.v1"].partition_count == 6 && aws_msk_topic.this["ingest.requests.v1"].replication_factor == 3
    error_message = "As many partitions as are asked for, in three copies."
  }

  assert {
    condition = { for name, topic in aws_msk_topic.this : name => jsondecode(topic.configs)["retention.ms"] } == {
      "audit.events.v1"    = "2592000000"
      "ingest.requests.v1" = "604800000"
    }
    error_message = "Audit is kept for 30 days, all else for 7; as texts, and not as numbers with an exponent."
  }

  assert {
    condition = alltrue([
      for topic in values(aws_msk_topic.this) : jsondecode(topic.configs)["compression.type"] == "lz4" && jsondecode(topic.configs)["min.insync.replicas"] == "2"
    ])
    error_message = "Messages are compressed by LZ4, and written to two brokers."
  }
}

run "storage_that_grows" {
  command = plan

  assert {
    condition     = aws_appautoscaling_target.storage.max_capacity == 2000 && aws_appautoscaling_target.storage.resource_id == "arn:aws-us-gov:kafka:us-gov-east-1:123456789012:cluster/medkg-prod/0a1b"
    error_message = "The storage of these brokers grows as far as it may."
  }

  assert {
    condition = (
      aws_appautoscaling_policy.storage.target_tracking_scaling_policy_configuration[0].target_value == 60 &&
      aws_appautoscaling_policy.storage.target_tracking_scaling_policy_configuration[0].disable_scale_in &&
      aws_appautoscaling_policy.storage.target_tracking_scaling_policy_configuration[0].predefined_metric_specification[0].predefined_metric_type == "KafkaBrokerStorageUtilization"
    )
    error_message = "It grows at 60 percent, and never shrinks."
  }
}

run "closed_but_for_clients" {
  command = plan

  assert {
    condition     = { for door, rule in aws_vpc_security_group_ingress_rule.clients : door => rule.from_port } == { "cluster/iam" = 9098, "cluster/jmx-metrics" = 11001, "cluster/node-metrics" = 11002 }
    error_message = "Messages with a login, and metrics: no other door."
  }

  assert {
    condition     = alltrue([for rule in values(aws_vpc_security_group_ingress_rule.clients) : rule.referenced_security_group_id == "sg-cluster" && rule.from_port == rule.to_port])
    error_message = "They are open to the security group of the cluster alone."
  }
}

run "two_brokers_in_a_zone" {
  command = plan
  variables { brokers_per_zone = 2 }

  assert {
    condition     = aws_msk_cluster.this.number_of_broker_nodes == 6
    error_message = "Six brokers over three zones."
  }
}

run "refuses_more_partitions_than_brokers_take" {
  command = plan
  variables {
    instance_type = "kafka.t3.small"
    topics        = { "wide.v1" = { partitions = 301, retention_ms = 604800000, compression = "lz4" } }
  }
  expect_failures = [aws_msk_cluster.this]
}

run "takes_as_many_as_brokers_take" {
  command = plan
  variables {
    instance_type = "kafka.t3.small"
    topics        = { "wide.v1" = { partitions = 300, retention_ms = 604800000, compression = "lz4" } }
  }

  assert {
    condition     = aws_msk_topic.this["wide.v1"].partition_count == 300
    error_message = "300 for each of three brokers, copies included, are taken."
  }
}

run "refuses_what_brokers_refuse" {
  command = plan
  variables {
    name                      = "-medkg"
    kafka_version             = "2.8.1"
    instance_type             = "m7g.large"
    brokers_per_zone          = 0
    volume_gib                = 0
    storage_target_percent    = 90
    topics                    = { "a b" = { partitions = 0, retention_ms = 1, compression = "zip" } }
    subnet_ids                = { us-gov-east-1a = "subnet-a" }
    client_security_group_ids = {}
    kms_key_arn               = "alias/kafka"
    logs_kms_key_arn          = "alias/logs"
    log_retention_days        = 10
  }
  expect_failures = [
    var.name,
    var.kafka_version,
    var.instance_type,
    var.brokers_per_zone,
    var.volume_gib,
    var.storage_target_percent,
    var.topics,
    var.subnet_ids,
    var.client_security_group_ids,
    var.kms_key_arn,
    var.logs_kms_key_arn,
    var.log_retention_days,
  ]
}

run "refuses_brokers_without_topics" {
  command = plan
  variables { topics = {} }
  expect_failures = [var.topics]
}

run "refuses_names_that_metrics_confuse" {
  command = plan
  variables {
    topics = {
      "audit.v1" = { partitions = 1, retention_ms = 604800000, compression = "lz4" }
      "audit_v1" = { partitions = 1, retention_ms = 604800000, compression = "lz4" }
    }
  }
  expect_failures = [var.topics]
}

run "refuses_storage_that_cannot_grow" {
  command = plan
  variables { max_volume_gib = 200 }
  expect_failures = [var.max_volume_gib]
}
