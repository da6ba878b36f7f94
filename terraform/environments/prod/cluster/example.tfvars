# What only you know. Copy it to terraform.tfvars; `cluster` comes from the other root:
#   terraform -chdir=../cloud output -json cluster | jq '{cluster: .}' > cluster.auto.tfvars.json

cluster = {
  name                  = "medkg-prod"
  region                = "us-east-1"
  endpoint              = "https://0123456789ABCDEF.gr7.us-east-1.eks.amazonaws.com"
  certificate_authority = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"
  vpc_id                = "vpc-0123456789abcdef0"
  security_group_id     = "sg-0123456789abcdef0"
  identity_mode         = "pod-identity"
  role_arns = {
    load-balancer      = "arn:aws:iam::123456789012:role/medkg-prod-load-balancer"
    cluster-autoscaler = "arn:aws:iam::123456789012:role/medkg-prod-cluster-autoscaler"
    karpenter          = "arn:aws:iam::123456789012:role/medkg-prod-karpenter"
  }
  karpenter_queue_name       = "medkg-prod-karpenter-interruption"
  karpenter_instance_profile = "medkg-prod-karpenter-node"
  volumes_kms_key_arn        = "arn:aws:kms:us-east-1:123456789012:key/0f0f0f0f-0f0f-0f0f-0f0f-0f0f0f0f0f0f"
}

vault_address = "https://vault.example.org:8200"

# Its password is in the environment, TF_VAR_vault_database_password, and in no file.
vault_database = {
  host             = "medkg-prod-airflow.abcdefghijkl.us-east-1.rds.amazonaws.com"
  name             = "airflow"
  username         = "vault"
  password_version = 1
  tls_ca           = "-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n"
  roles = {
    reports = {
      namespace       = "medkg"
      service_account = "reports"
      creation_statements = [
        "CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'",
        "GRANT pg_read_all_data TO \"{{name}}\"",
      ]
    }
  }
}

vault_aws_roles = {
  reports = {
    role_arn        = "arn:aws:iam::123456789012:role/medkg-prod-reports"
    namespace       = "medkg"
    service_account = "reports"
  }
}

service_monitors = { release = "kube-prometheus-stack" }

spot_ami = "al2023@v20260901"
