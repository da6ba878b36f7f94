# Small and cheap: one NAT gateway, no firewall, one GPU pool that is empty while nothing asks for it.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  environment = "dev"
  name        = "medkg-dev"

  tags = {
    Project     = "medical-kg"
    Environment = local.environment
    ManagedBy   = "terraform"
    Root        = "dev/cloud"
  }
}
