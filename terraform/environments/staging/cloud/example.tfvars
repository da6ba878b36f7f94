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
  host    = "api.staging.example.org"
  zone_id = "Z0123456789ABCDEFGHIJ"
}

cost_emails = ["platform@example.org"]

neo4j = {
  version        = "5.26.14"
  accept_license = "yes"
  ami_id         = "ami-0123456789abcdef0"
  zones          = ["us-east-1a", "us-east-1b", "us-east-1c"]
  tls_secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:medkg-staging/neo4j/tls-AbCdEf"
  # As sha256sum prints them.
  software = {
    neo4j   = { object = "neo4j-enterprise-5.26.14-unix.tar.gz", sha256 = "13fd9e770be366985fd7e0ca5026434c7c3e4e84e111f09039889277534b4114" }
    java    = { object = "amazon-corretto-21-x64-linux-jdk.tar.gz", sha256 = "38a0963a6364b09ad867aa9a66c6d009673c21e182015461da236ec361877f77" }
    plugins = { n10s = { object = "neosemantics-5.26.0.jar", sha256 = "b523f993a5a718a5831b5fd6e4a4fb3ebaf6945cfad51aae729eb4f94780c283" } }
  }
}

opensearch_master_role_arn = "arn:aws:iam::123456789012:role/search-administrators"
vault_assumed_role_arns    = ["arn:aws:iam::123456789012:role/medkg-staging-reports"]
