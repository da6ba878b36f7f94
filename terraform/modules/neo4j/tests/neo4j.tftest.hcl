mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws-us-gov" }
  }
  mock_data "aws_region" {
    defaults = { region = "us-gov-west-1" }
  }
  mock_data "aws_ec2_managed_prefix_list" {
    defaults = { id = "pl-1" }
  }
  mock_resource "aws_ebs_volume" {
    defaults        = { id = "vol-0a1b2c3d" }
    override_during = plan
  }
  mock_resource "aws_secretsmanager_secret" {
    defaults        = { arn = "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:medkg/neo4j/admin-1" }
    override_during = plan
  }
  mock_resource "aws_security_group" {
    defaults        = { id = "sg-servers" }
    override_during = plan
  }
  mock_resource "aws_instance" {
    defaults        = { id = "i-1", private_ip = "10.20.16.4" }
    override_during = plan
  }
}

variables {
  name                        = "medkg"
  edition                     = "enterprise"
  accept_license              = "yes"
  neo4j_version               = "5.26.14"
  ami_id                      = "ami-0a1b2c3d4e5f60718"
  vpc_id                      = "vpc-1"
  zones                       = ["us-gov-west-1a", "us-gov-west-1b", "us-gov-west-1c"]
  subnet_ids                  = { us-gov-west-1a = "subnet-a", us-gov-west-1b = "subnet-b", us-gov-west-1c = "subnet-c" }
  client_security_group_ids   = { nodes = "sg-nodes" }
  metrics_security_group_ids  = { nodes = "sg-nodes" }
  endpoints_security_group_id = "sg-endpoints"
  domain                      = "graph.medkg.internal"
  volumes_kms_key_arn         = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1"
  secrets_kms_key_arn         = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/2"
  tls_secret_arn              = "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:medkg/neo4j/tls-1"
  backup                      = { bucket = "medkg-snapshots", kms_key_arn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/3" }
  software = {
    bucket      = "medkg-software"
    kms_key_arn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/4"
    prefix      = "neo4j/"
    neo4j       = { object = "neo4j-enterprise-5.26.14-unix.tar.gz", sha256 = "1111111111111111111111111111111111111111111111111111111111111111" }
    java        = { object = "java.tar.gz", sha256 = "2222222222222222222222222222222222222222222222222222222222222222" }
    plugins     = { n10s = { object = "n10s.jar", sha256 = "3333333333333333333333333333333333333333333333333333333333333333" } }
  }
}

run "one_primary_and_two_secondaries" {
  command = plan

  assert {
    condition     = join(" ", [for server, volume in aws_ebs_volume.data : "${server}=${volume.availability_zone}"]) == "primary-1=us-gov-west-1a secondary-1=us-gov-west-1b secondary-2=us-gov-west-1c"
    error_message = "Each server is in a zone of its own."
  }

  assert {
    condition     = alltrue([for volume in aws_ebs_volume.data : volume.encrypted && volume.kms_key_id == var.volumes_kms_key_arn && volume.type == "gp3" && volume.final_snapshot])
    error_message = "Data lies on encrypted gp3 that leaves a snapshot."
  }

  assert {
    condition     = alltrue([for server, attachment in aws_volume_attachment.data : attachment.volume_id == "vol-0a1b2c3d" && attachment.stop_instance_before_detaching])
    error_message = "A volume goes over to another machine only when Neo4j has stopped."
  }

  assert {
    condition     = join(" ", [for server, machine in aws_instance.this : "${server}=${machine.subnet_id}"]) == "primary-1=subnet-a secondary-1=subnet-b secondary-2=subnet-c"
    error_message = "A machine is where its volume is."
  }

  assert {
    condition     = alltrue([for machine in aws_instance.this : !machine.associate_public_ip_address && machine.metadata_options[0].http_tokens == "required" && machine.metadata_options[0].http_put_response_hop_limit == 1])
    error_message = "Machines have no public address, and their metadata asks for a token."
  }

  assert {
    condition     = alltrue([for machine in aws_instance.this : machine.root_block_device[0].encrypted && machine.root_block_device[0].kms_key_id == var.volumes_kms_key_arn])
    error_message = "The disk of the system is encrypted too."
  }

  assert {
    condition     = output.uri == "neo4j+s://neo4j.graph.medkg.internal:7687" && aws_route53_record.server["secondary-2"].name == "secondary-2.graph.medkg.internal"
    error_message = "Clients begin at a name of all, and each server has its own."
  }

  assert {
    condition     = one(aws_route53_zone.this.vpc).vpc_id == "vpc-1"
    error_message = "The names are those of the network alone."
  }

  assert {
    condition     = aws_secretsmanager_secret_version.admin.secret_string == null && aws_secretsmanager_secret_version.admin.secret_string_wo_version == 1 && aws_secretsmanager_secret.admin.kms_key_id == var.secrets_kms_key_arn
    error_message = "The password is in the secret, and not in the state."
  }
}

run "configuration" {
  command = plan

  assert {
    condition = alltrue([
      for line in [
        "server.bolt.tls_level=REQUIRED",
        "server.http.enabled=false",
        "server.https.enabled=false",
        "server.default_advertised_address=primary-1.graph.medkg.internal",
        "dbms.cluster.discovery.v2.endpoints=primary-1.graph.medkg.internal:6000",
        "dbms.cluster.discovery.version=V2_ONLY",
        "dbms.cluster.minimum_initial_system_primaries_count=1",
        "initial.dbms.default_primaries_count=1",
        "initial.dbms.default_secondaries_count=2",
        "initial.server.mode_constraint=PRIMARY",
        "db.tx_log.rotation.retention_policy=7 days",
        "dbms.ssl.policy.cluster.client_auth=REQUIRE",
        "server.backup.listen_address=0.0.0.0:6362",
      ] : contains(split("\n", yamldecode(local.user_data["primary-1"]).write_files[0].content), line)
    ])
    error_message = "The writer finds its cluster by itself alone, speaks TLS alone, and keeps transaction logs for 7 days."
  }

  assert {
    condition = alltrue([
      for line in [
        "dbms.cluster.discovery.v2.endpoints=primary-1.graph.medkg.internal:6000,secondary-1.graph.medkg.internal:6000,secondary-2.graph.medkg.internal:6000",
        "initial.server.mode_constraint=SECONDARY",
        "server.cluster.system_database_mode=SECONDARY",
      ] : contains(split("\n", yamldecode(local.user_data["secondary-1"]).write_files[0].content), line)
    ])
    error_message = "A secondary looks for all of them, and never writes."
  }

  assert {
    condition     = strcontains(local.user_data["primary-1"], "OnCalendar=*-*-* 04:00:00 UTC") && strcontains(local.user_data["primary-1"], "BACKUPS_KEPT='30'") && strcontains(local.user_data["primary-1"], "BACKUP_PLACE='medkg-snapshots/neo4j/'")
    error_message = "Backups are made at 04:00 UTC, and those of 30 days are kept."
  }

  assert {
    condition     = strcontains(local.user_data["primary-1"], "neo4j-topology.timer") && !strcontains(local.user_data["secondary-1"], "neo4j-topology") && !strcontains(local.user_data["secondary-1"], "neo4j-backup")
    error_message = "One server speaks for all."
  }

  assert {
    condition     = strcontains(local.user_data["primary-1"], "DATA_DEVICE='/dev/disk/by-id/nvme-Amazon_Elastic_Block_Store_vol0a1b2c3d'")
    error_message = "A machine finds the volume by its id, and takes no other disk for it."
  }

  assert {
    condition     = aws_instance.this["primary-1"].user_data_replace_on_change && alltrue([for text in local.user_data : length(text) < 16384])
    error_message = "A machine is what its user data says, and EC2 takes that."
  }
}

run "who_is_heard_and_reached" {
  command = plan

  assert {
    condition     = [for name, rule in aws_vpc_security_group_ingress_rule.clients : "${name} ${rule.referenced_security_group_id} ${rule.from_port}-${rule.to_port}"] == ["nodes sg-nodes 7687-7687"]
    error_message = "Clients come by Bolt."
  }

  assert {
    condition     = join(" ", [for name, rule in aws_vpc_security_group_ingress_rule.cluster : "${name}=${rule.from_port}-${rule.to_port}"]) == "backup=6362-6362 raft=7000-7000 routing=7688-7688 transactions=6000-6000" && alltrue([for rule in aws_vpc_security_group_ingress_rule.cluster : rule.referenced_security_group_id == "sg-servers"])
    error_message = "Servers hear each other on the ports of the cluster."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.metrics["nodes"].from_port == 2004
    error_message = "Metrics are read by whom the variable names."
  }

  assert {
    condition     = aws_vpc_security_group_egress_rule.endpoints.referenced_security_group_id == "sg-endpoints" && aws_vpc_security_group_egress_rule.s3.prefix_list_id == "pl-1"
    error_message = "They reach AWS by endpoints, and nothing else."
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.this.policy).Statement[3].Resource == ["arn:aws-us-gov:s3:::medkg-snapshots/neo4j/*"] && (
      jsondecode(aws_iam_role_policy.this.policy).Statement[2].Condition == { StringLike = { "s3:prefix" = ["neo4j/*"] } }
    )
    error_message = "They write backups below their prefix."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.this.policy).Statement[0].Resource == ["arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:medkg/neo4j/admin-1", var.tls_secret_arn]
    error_message = "They read their two secrets."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.session_manager.policy_arn == "arn:aws-us-gov:iam::aws:policy/AmazonSSMManagedInstanceCore"
    error_message = "Operators come by Session Manager."
  }
}

run "three_primaries_of_a_newer_version" {
  command = plan
  variables {
    primaries     = 3
    secondaries   = 1
    neo4j_version = "2025.06.1"
    software      = null
  }

  assert {
    condition     = join(" ", [for server, volume in aws_ebs_volume.data : "${server}=${volume.availability_zone}"]) == "primary-1=us-gov-west-1a primary-2=us-gov-west-1b primary-3=us-gov-west-1c secondary-1=us-gov-west-1b"
    error_message = "Primaries are spread, and servers that were there stay where they were."
  }

  assert {
    condition = alltrue([
      for line in [
        "dbms.cluster.endpoints=primary-1.graph.medkg.internal:6000,primary-2.graph.medkg.internal:6000,primary-3.graph.medkg.internal:6000,secondary-1.graph.medkg.internal:6000",
        "dbms.cluster.minimum_initial_system_primaries_count=3",
      ] : contains(split("\n", yamldecode(local.user_data["primary-1"]).write_files[0].content), line)
    ]) && !strcontains(local.user_data["primary-1"], "V2_ONLY")
    error_message = "Several primaries look for each other, under the name that the setting has now."
  }

  assert {
    condition     = strcontains(local.user_data["primary-1"], "SOFTWARE_PLACE=''") && length([for statement in jsondecode(aws_iam_role_policy.this.policy).Statement : statement if statement.Sid == "ReadSoftware"]) == 0
    error_message = "With an image nothing is fetched."
  }
}

run "community" {
  command = plan
  variables {
    edition        = "community"
    accept_license = "no"
    secondaries    = 0
    software       = null
  }

  assert {
    condition     = keys(aws_instance.this) == ["primary-1"] && length(aws_vpc_security_group_ingress_rule.cluster) == 0 && length(aws_vpc_security_group_ingress_rule.metrics) == 0
    error_message = "One server, that has no others to hear."
  }

  assert {
    condition     = !strcontains(local.user_data["primary-1"], "dbms.cluster") && !strcontains(local.user_data["primary-1"], "neo4j-topology") && !strcontains(local.user_data["primary-1"], "diff.timer") && strcontains(local.user_data["primary-1"], "neo4j-backup@full.timer")
    error_message = "It has no cluster and no backups of what changed, and still one every night."
  }
}

run "refuses_a_cluster_of_the_community_edition" {
  command = plan
  variables {
    edition  = "community"
    software = null
  }
  expect_failures = [aws_ebs_volume.data]
}

run "refuses_the_enterprise_edition_without_a_licence" {
  command = plan
  variables { accept_license = "no" }
  expect_failures = [aws_ebs_volume.data]
}

run "refuses_what_does_not_work" {
  command = plan
  variables {
    edition              = "free"
    primaries            = 2
    secondaries          = 21
    neo4j_version        = "4.4.1"
    memory               = { heap_gib = 0, pagecache_gib = 1 }
    transaction_log_days = 1
    ami_id               = "latest"
    instance_type        = "m4.large"
    volume               = { size_gib = 10, iops = 20000 }
    zones                = []
    domain               = "graph"
    tls_secret_arn       = "tls"
    backup               = { bucket = "medkg-snapshots", kms_key_arn = "", prefix = "os/neo4j/", keep = 0 }
  }
  expect_failures = [
    var.edition,
    var.primaries,
    var.secondaries,
    var.neo4j_version,
    var.memory,
    var.transaction_log_days,
    var.ami_id,
    var.instance_type,
    var.volume,
    var.zones,
    var.domain,
    var.tls_secret_arn,
    var.backup,
  ]
}

run "refuses_software_of_another_version" {
  command = plan
  variables { neo4j_version = "5.26.13" }
  expect_failures = [var.software]
}

run "refuses_zones_without_subnets" {
  command = plan
  variables { zones = ["us-gov-west-1a", "us-gov-west-1d"] }
  expect_failures = [aws_instance.this]
}
