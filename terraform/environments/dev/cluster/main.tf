# Small and cheap: one NAT gateway behind it, no spot nodes. What runs in the cluster before the platform does.

locals {
  tags = {
    Project     = "medical-kg"
    Environment = "dev"
    ManagedBy   = "karpenter"
  }
}
