# Whom the servers hear, whom they reach, and what they may do in AWS. There is no SSH: Session Manager opens a shell.

locals {
  # What servers of one cluster tell each other: transactions, elections, queries that another server has to answer, backups.
  cluster_ports = local.enterprise ? { transactions = 6000, raft = 7000, routing = 7688, backup = 6362 } : {}
}

resource "aws_security_group" "this" {
  name        = "${var.name}-neo4j"
  description = "Servers of Neo4j"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-neo4j" }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.this.id
  description                  = "Bolt from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 7687
  to_port                      = 7687

  tags = { Name = "${var.name}-neo4j-bolt-${each.key}" }
}

resource "aws_vpc_security_group_ingress_rule" "metrics" {
  for_each = local.enterprise ? var.metrics_security_group_ids : {}

  security_group_id            = aws_security_group.this.id
  description                  = "Metrics for ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 2004
  to_port                      = 2004

  tags = { Name = "${var.name}-neo4j-metrics-${each.key}" }
}

resource "aws_vpc_security_group_ingress_rule" "cluster" {
  for_each = local.cluster_ports

  security_group_id            = aws_security_group.this.id
  description                  = "Cluster: ${each.key}"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value

  tags = { Name = "${var.name}-neo4j-${each.key}" }
}

resource "aws_vpc_security_group_egress_rule" "cluster" {
  for_each = local.cluster_ports

  security_group_id            = aws_security_group.this.id
  description                  = "Cluster: ${each.key}"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value

  tags = { Name = "${var.name}-neo4j-${each.key}" }
}

resource "aws_vpc_security_group_egress_rule" "endpoints" {
  security_group_id            = aws_security_group.this.id
  description                  = "Services of AWS by their endpoints"
  referenced_security_group_id = var.endpoints_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443

  tags = { Name = "${var.name}-neo4j-endpoints" }
}

data "aws_ec2_managed_prefix_list" "s3" {
  name = "com.amazonaws.${local.region}.s3"
}

resource "aws_vpc_security_group_egress_rule" "s3" {
  security_group_id = aws_security_group.this.id
  description       = "S3 by its gateway endpoint"
  prefix_list_id    = data.aws_ec2_managed_prefix_list.s3.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443

  tags = { Name = "${var.name}-neo4j-s3" }
}

# ---- what they may do

resource "aws_iam_role" "this" {
  name        = "${var.name}-neo4j"
  description = "Servers of Neo4j"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })

  tags = { Name = "${var.name}-neo4j" }
}

resource "aws_iam_instance_profile" "this" {
  name = "${var.name}-neo4j"
  role = aws_iam_role.this.name

  tags = { Name = "${var.name}-neo4j" }
}

resource "aws_iam_role_policy_attachment" "session_manager" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_role_policy" "this" {
  name = "neo4j"
  role = aws_iam_role.this.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "ReadSecrets"
          Effect   = "Allow"
          Action   = ["secretsmanager:GetSecretValue"]
          Resource = [aws_secretsmanager_secret.admin.arn, var.tls_secret_arn]
        },
        {
          Sid      = "DecryptSecrets"
          Effect   = "Allow"
          Action   = ["kms:Decrypt"]
          Resource = distinct([var.secrets_kms_key_arn, var.tls_secret_kms_key_arn == null ? var.secrets_kms_key_arn : var.tls_secret_kms_key_arn])
        },
        {
          Sid       = "ListBackups"
          Effect    = "Allow"
          Action    = ["s3:ListBucket"]
          Resource  = ["arn:${local.partition}:s3:::${var.backup.bucket}"]
          Condition = { StringLike = { "s3:prefix" = ["${var.backup.prefix}*"] } }
        },
        {
          # It deletes days that are no longer kept; the bucket has their versions a while longer.
          Sid      = "WriteBackups"
          Effect   = "Allow"
          Action   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"]
          Resource = ["arn:${local.partition}:s3:::${var.backup.bucket}/${var.backup.prefix}*"]
        },
        {
          Sid      = "EncryptBackups"
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource = [var.backup.kms_key_arn]
        },
      ],
      var.software == null ? [] : [
        {
          Sid      = "ReadSoftware"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = ["arn:${local.partition}:s3:::${var.software.bucket}/${var.software.prefix}*"]
        },
        {
          Sid      = "DecryptSoftware"
          Effect   = "Allow"
          Action   = ["kms:Decrypt"]
          Resource = [var.software.kms_key_arn]
        },
      ],
    )
  })
}
