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

edge = {
  host    = "api.example.org"
  zone_id = "Z0123456789ABCDEFGHIJ"
}

cost_emails = ["platform@example.org"]
