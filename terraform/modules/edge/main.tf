# What stands between the internet and the api: the name and its certificate here, then the security group of the load
# balancer, its log bucket (logs.tf) and the web ACL (web-acl.tf). The load balancer itself is made by its controller in the
# cluster, from the Ingress of the chart.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.region
}

# ---- name and certificate

resource "aws_acm_certificate" "this" {
  domain_name       = var.host
  validation_method = "DNS"
  key_algorithm     = "EC_prime256v1"

  options {
    # Browsers refuse a certificate that is in no public log.
    certificate_transparency_logging_preference = "ENABLED"
  }

  tags = { Name = var.host }

  lifecycle {
    # The load balancer needs one at any time.
    create_before_destroy = true
  }
}

locals {
  # One name, one proof.
  proof = one(aws_acm_certificate.this.domain_validation_options)
}

resource "aws_route53_record" "validation" {
  zone_id = var.zone_id
  name    = local.proof.resource_record_name
  type    = local.proof.resource_record_type
  records = [local.proof.resource_record_value]
  ttl     = 300

  # The proof of a name is the same for each of its certificates in an account, so that an earlier one may have left it.
  allow_overwrite = true
}

# Ends when the certificate is issued: what takes the ARN from here never gets one that is still pending.
resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [aws_route53_record.validation.fqdn]

  depends_on = [aws_route53_record.authority]
}

# Nobody but Amazon may issue a certificate for this name.
resource "aws_route53_record" "authority" {
  zone_id = var.zone_id
  name    = var.host
  type    = "CAA"
  records = ["0 issue \"amazon.com\"", "0 issuewild \";\""]
  ttl     = 3600
}

data "aws_lb_hosted_zone_id" "application" {
  load_balancer_type = "application"
}

resource "aws_route53_record" "host" {
  for_each = var.load_balancer_dns_name == null ? toset([]) : toset(var.ipv6 ? ["A", "AAAA"] : ["A"])

  zone_id = var.zone_id
  name    = var.host
  type    = each.key

  alias {
    name                   = var.load_balancer_dns_name
    zone_id                = data.aws_lb_hosted_zone_id.application.id
    evaluate_target_health = true
  }
}

# ---- who reaches the load balancer, and whom it reaches

resource "aws_security_group" "load_balancer" {
  # checkov:skip=CKV2_AWS_5: The load balancer controller attaches it, from the annotation of the Ingress.
  name        = "${var.name}-load-balancer"
  description = "Load balancer of the api: HTTPS in, pods out"
  vpc_id      = var.vpc_id

  # Policies know the one group that the internet may reach by its purpose.
  tags = { Name = "${var.name}-load-balancer", Purpose = "public-load-balancer" }
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  # trivy looks at the rule and not at whose it is.
  #trivy:ignore:AWS-0107
  for_each = toset(length(var.allowed_cidrs) > 0 ? var.allowed_cidrs : var.ipv6 ? ["0.0.0.0/0", "::/0"] : ["0.0.0.0/0"])

  security_group_id = aws_security_group.load_balancer.id
  description       = "HTTPS from ${each.key}"
  cidr_ipv4         = strcontains(each.key, ":") ? null : each.key
  cidr_ipv6         = strcontains(each.key, ":") ? each.key : null
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443

  tags = { Name = "${var.name}-https-${each.key}" }
}

resource "aws_vpc_security_group_egress_rule" "pods" {
  for_each = var.target_cidrs

  security_group_id = aws_security_group.load_balancer.id
  description       = "Pods of the api in ${each.key}"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = var.target_port
  to_port           = var.target_port

  tags = { Name = "${var.name}-pods-${each.key}" }
}
