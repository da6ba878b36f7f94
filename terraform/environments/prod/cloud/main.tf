# Production.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  environment = "prod"
  name        = "medkg-prod"

  tags = {
    Project     = "medical-kg"
    Environment = local.environment
    ManagedBy   = "terraform"
    Root        = "prod/cloud"
  }
}
