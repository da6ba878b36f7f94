# What only you know. Copy it to terraform.tfvars; the checks use it as it is.

access_entries = {
  operators = {
    principal_arn = "arn:aws:iam::123456789012:role/platform-operators"
    policies      = ["AmazonEKSClusterAdminPolicy"]
  }
  continuous-delivery = {
    principal_arn = "arn:aws:iam::123456789012:role/continuous-delivery"
    policies      = ["AmazonEKSAdminPolicy"]
    namespaces    = ["medkg"]
  }
}

cost_emails = ["platform@example.org"]
