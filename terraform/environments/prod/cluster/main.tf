# Production. What runs in the cluster before the platform does.

locals {
  tags = {
    Project     = "medical-kg"
    Environment = "prod"
    ManagedBy   = "karpenter"
  }
}
