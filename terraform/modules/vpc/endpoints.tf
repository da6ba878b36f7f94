locals {
  # com.amazonaws, cn.com.amazonaws in China.
  service_prefix = "${data.aws_partition.current.reverse_dns_prefix}.${local.region}"

  # Buckets of AWS that nodes read: layers of container images, packages, the agent of Session Manager.
  buckets_of_aws = [
    "prod-${local.region}-starport-layer-bucket",
    "al2023-repos-${local.region}-de612dc2",
    "amazon-ssm-${local.region}",
    "aws-ssm-${local.region}",
  ]
}

# ---- S3, by the route tables; free of charge

resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.this.id
  service_name      = "${local.service_prefix}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids = concat(
    [aws_route_table.data.id],
    [for zone in keys(var.zones) : aws_route_table.private[zone].id],
  )

  # The endpoint is a way past every firewall: it leads to buckets of this account only, and to those of AWS to read.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "BucketsOfThisAccount"
        Effect    = "Allow"
        Principal = "*"
        Action = [
          "s3:AbortMultipartUpload",
          "s3:BypassGovernanceRetention",
          "s3:DeleteObject",
          "s3:DeleteObjectVersion",
          "s3:GetBucketLocation",
          "s3:GetBucketVersioning",
          "s3:GetObject",
          "s3:GetObjectAttributes",
          "s3:GetObjectRetention",
          "s3:GetObjectTagging",
          "s3:GetObjectVersion",
          "s3:ListBucket",
          "s3:ListBucketMultipartUploads",
          "s3:ListBucketVersions",
          "s3:ListMultipartUploadParts",
          "s3:PutObject",
          "s3:PutObjectRetention",
          "s3:PutObjectTagging",
        ]
        # A policy of an endpoint says whose buckets, the policies of roles say which of them.
        Resource  = "*"
        Condition = { StringEquals = { "aws:ResourceAccount" = concat([local.account], var.s3_account_ids) } }
      },
      {
        Sid       = "BucketsOfAws"
        Effect    = "Allow"
        Principal = "*"
        Action    = ["s3:GetObject"]
        Resource  = [for bucket in concat(local.buckets_of_aws, var.s3_read_buckets) : "arn:${local.partition}:s3:::${bucket}/*"]
      },
    ]
  })

  tags = { Name = "${var.name}-s3" }
}

# ---- other services, by addresses in the private subnets

resource "aws_security_group" "endpoints" {
  name        = "${var.name}-endpoints"
  description = "Endpoints of AWS services: HTTPS from inside of the network"
  vpc_id      = aws_vpc.this.id

  tags = { Name = "${var.name}-endpoints" }
}

resource "aws_vpc_security_group_ingress_rule" "endpoints" {
  security_group_id = aws_security_group.endpoints.id
  description       = "HTTPS from the network"
  cidr_ipv4         = aws_vpc.this.cidr_block
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443

  tags = { Name = "${var.name}-endpoints-https" }
}

resource "aws_vpc_endpoint" "interface" {
  for_each = var.interface_endpoints

  vpc_id              = aws_vpc.this.id
  service_name        = "${local.service_prefix}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for zone in keys(var.zones) : aws_subnet.private[zone].id]
  security_group_ids  = [aws_security_group.endpoints.id]

  tags = { Name = "${var.name}-${each.key}" }
}
