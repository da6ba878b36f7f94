# As production, smaller. What runs in the cluster before the platform does.

locals {
  tags = {
    Project     = "medical-kg"
    Environment = "staging"
    ManagedBy   = "karpenter"
  }
}
