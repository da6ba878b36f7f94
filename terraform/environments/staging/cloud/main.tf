# Production in small: the same parts, fewer of them.

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}

locals {
  environment = "staging"
  name        = "medkg-staging"

  tags = {
    Project     = "medical-kg"
    Environment = local.environment
    ManagedBy   = "terraform"
    Root        = "staging/cloud"
  }
}
