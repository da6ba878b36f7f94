# The edge of an api that a company and its partner may call.

provider "aws" {
  region = "us-east-1"
}

module "logs_key" {
  source = "../../../kms-key"

  name        = "example/logs"
  description = "Log groups of the example"
  grants      = { Logs = { service = "logs.us-east-1.amazonaws.com" } }
}

module "edge" {
  source = "../.."

  name                   = "example"
  host                   = "api.example.org"
  zone_id                = "Z0123456789ABCDEFGHIJ"
  load_balancer_dns_name = "k8s-medkg-api-0a1b2c3d4e-123456789.us-east-1.elb.amazonaws.com"

  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  target_cidrs = { us-east-1a = "10.20.32.0/19", us-east-1b = "10.20.64.0/19", us-east-1c = "10.20.96.0/19" }

  allowed_cidrs   = ["198.51.100.0/24", "203.0.113.7/32"]
  rate_limit      = { requests = 600 }
  log_kms_key_arn = module.logs_key.arn
}

output "annotations" {
  description = "What the Ingress says of it."
  value = {
    "alb.ingress.kubernetes.io/certificate-arn" = module.edge.certificate_arn
    "alb.ingress.kubernetes.io/wafv2-acl-arn"   = module.edge.web_acl_arn
    "alb.ingress.kubernetes.io/security-groups" = module.edge.load_balancer_security_group_id
  }
}
