# Servers of Neo4j on machines of their own: primaries, which write, and secondaries, which follow them and answer queries.
# What a machine becomes is in user-data.tf, what it may do in access.tf.

data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  partition  = data.aws_partition.current.partition
  region     = data.aws_region.current.region
  enterprise = var.edition == "enterprise"

  # Zones in turn, the secondaries after the first primary. A server keeps its zone when others come: its volume cannot move.
  servers = merge(
    { for n in range(var.primaries) : "primary-${n + 1}" => { mode = "PRIMARY", zone = var.zones[n % length(var.zones)] } },
    { for n in range(var.secondaries) : "secondary-${n + 1}" => { mode = "SECONDARY", zone = var.zones[(n + 1) % length(var.zones)] } },
  )
  names = { for server, _ in local.servers : server => "${server}.${var.domain}" }
  # Runs what one server does for all.
  first = "primary-1"
}

# ---- data

resource "aws_ebs_volume" "data" {
  # checkov:skip=CKV2_AWS_9: It is found by its tag (volume_tags), and Neo4j has backups of its own.
  for_each = local.servers

  availability_zone = each.value.zone
  type              = "gp3"
  size              = var.volume.size_gib
  iops              = var.volume.iops
  throughput        = var.volume.throughput
  encrypted         = true
  kms_key_id        = var.volumes_kms_key_arn
  final_snapshot    = true

  tags = merge(var.volume_tags, { Name = "${var.name}-neo4j-${each.key}" })

  lifecycle {
    # The graph.
    prevent_destroy = true

    precondition {
      condition     = !local.enterprise || contains(["yes", "eval"], var.accept_license)
      error_message = "The enterprise edition needs a licence of Neo4j: set accept_license to \"yes\" (or \"eval\") when you hold one, or edition to \"community\"."
    }
    precondition {
      condition     = local.enterprise || (var.primaries == 1 && var.secondaries == 0)
      error_message = "The community edition has no cluster: set primaries to 1 and secondaries to 0."
    }
  }
}

resource "aws_volume_attachment" "data" {
  for_each = local.servers

  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.data[each.key].id
  instance_id = aws_instance.this[each.key].id

  # Neo4j writes everything down when it stops.
  stop_instance_before_detaching = true
}

# ---- machines

resource "aws_instance" "this" {
  # checkov:skip=CKV_AWS_135: Every type that there is today is optimized for EBS without asking.
  for_each = local.servers

  ami                         = var.ami_id
  instance_type               = var.instance_type
  subnet_id                   = var.subnet_ids[each.value.zone]
  vpc_security_group_ids      = [aws_security_group.this.id]
  iam_instance_profile        = aws_iam_instance_profile.this.name
  associate_public_ip_address = false
  disable_api_termination     = var.deletion_protection
  monitoring                  = true

  user_data = local.user_data[each.key]
  # A machine is what its user data says: another configuration is another machine with the same volume.
  user_data_replace_on_change = true

  root_block_device {
    volume_type = "gp3"
    volume_size = 30
    encrypted   = true
    kms_key_id  = var.volumes_kms_key_arn
    tags        = merge(var.tags, { Name = "${var.name}-neo4j-${each.key}-root" })
  }

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = "required"
    http_put_response_hop_limit = 1
  }

  tags = { Name = "${var.name}-neo4j-${each.key}" }

  lifecycle {
    precondition {
      condition     = length(base64encode(local.templates[each.key])) / 4 * 3 <= 16300
      error_message = "The user data of ${each.key} is longer than the 16 KB that EC2 takes: fewer plugins or shorter names make it shorter."
    }
    precondition {
      condition     = contains(keys(var.subnet_ids), each.value.zone)
      error_message = "There is no subnet for ${each.key} in zone ${each.value.zone}: zones may name those of subnet_ids alone."
    }
  }
}

# ---- names

resource "aws_route53_zone" "this" {
  # checkov:skip=CKV2_AWS_38: Nobody outside of the network sees a private zone.
  # checkov:skip=CKV2_AWS_39: The resolver of the network logs queries, not a private zone.
  name    = var.domain
  comment = "Servers of Neo4j of ${var.name}"

  vpc {
    vpc_id = var.vpc_id
  }

  tags = { Name = var.domain }
}

resource "aws_route53_record" "server" {
  for_each = local.servers

  zone_id = aws_route53_zone.this.zone_id
  name    = local.names[each.key]
  type    = "A"
  ttl     = 30
  records = [aws_instance.this[each.key].private_ip]
}

# Where clients begin; from any server they learn of the others.
resource "aws_route53_record" "all" {
  zone_id = aws_route53_zone.this.zone_id
  name    = "neo4j.${var.domain}"
  type    = "A"
  ttl     = 30
  records = [for server, _ in local.servers : aws_instance.this[server].private_ip]
}

# ---- the first password

# Made for the secret and kept nowhere else; not in the state either.
ephemeral "random_password" "admin" {
  length  = 32
  special = false
}

resource "aws_secretsmanager_secret" "admin" {
  # checkov:skip=CKV2_AWS_57: Neo4j has no rotation of AWS; the job of the platform replaces it.
  name        = "${var.name}/neo4j/admin"
  description = "Password of the user neo4j"
  kms_key_id  = var.secrets_kms_key_arn

  tags = { Name = "${var.name}-neo4j-admin" }
}

resource "aws_secretsmanager_secret_version" "admin" {
  secret_id                = aws_secretsmanager_secret.admin.id
  secret_string_wo         = ephemeral.random_password.admin.result
  secret_string_wo_version = 1
}
