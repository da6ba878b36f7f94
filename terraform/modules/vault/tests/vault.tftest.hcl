mock_provider "vault" {}

variables {
  vault = {
    auth_mount  = "kubernetes"
    role_prefix = "medkg-prod-"
    kv_mount    = "secret"
    folder      = "medkg/prod"
    audience    = "vault"
  }
  namespace        = "medkg"
  service_accounts = { api = "medkg-api", indexer = "medkg-indexer", parser = "medkg-parser" }
  secret_grants    = { api = ["API_JWT_SECRET", "OS_PASS"], indexer = ["OS_PASS"] }
}

run "services" {
  command = plan

  assert {
    condition = jsondecode(vault_policy.login["medkg-prod-api"].policy) == {
      path = {
        "secret/data/medkg/prod/API_JWT_SECRET" = { capabilities = ["read"] }
        "secret/data/medkg/prod/OS_PASS"        = { capabilities = ["read"] }
      }
    }
    error_message = "A service reads its keys, and nothing else."
  }

  assert {
    condition     = keys(vault_policy.login) == ["medkg-prod-api", "medkg-prod-indexer"]
    error_message = "Who needs no secret has no role."
  }

  assert {
    condition     = vault_kubernetes_auth_backend_role.login["medkg-prod-indexer"].bound_service_account_names == toset(["medkg-indexer"]) && vault_kubernetes_auth_backend_role.login["medkg-prod-indexer"].bound_service_account_namespaces == toset(["medkg"])
    error_message = "A role is for one ServiceAccount of one namespace."
  }

  assert {
    condition     = alltrue([for role in values(vault_kubernetes_auth_backend_role.login) : role.audience == "vault" && role.token_max_ttl == 86400])
    error_message = "Only tokens that were made for Vault log in, and what they get ends within a day."
  }

  assert {
    condition     = vault_mount.kv.options["version"] == "2" && vault_mount.kv.path == "secret"
    error_message = "The key-value engine keeps versions."
  }

  assert {
    condition     = vault_audit.this.type == "file" && vault_audit.this.options["file_path"] == "stdout"
    error_message = "Who asked for what is written down."
  }

  assert {
    condition     = vault_kubernetes_auth_backend_config.this.disable_local_ca_jwt == false
    error_message = "In the cluster Vault asks with the token of its pod."
  }

  assert {
    condition     = length(vault_mount.database) == 0 && length(vault_aws_secret_backend.this) == 0
    error_message = "No engine that nobody asked for."
  }

  assert {
    condition     = output.secret_paths == tolist(["secret/medkg/prod/API_JWT_SECRET", "secret/medkg/prod/OS_PASS"])
    error_message = "It says which secrets are to be written, each once."
  }
}

run "engines" {
  command = plan
  variables {
    kubernetes_host    = "https://api.example.org"
    kubernetes_ca_cert = "-----BEGIN CERTIFICATE-----"
    rotation           = { service_account = "medkg-secret-rotation", keys = ["OS_PASS"] }
    database = {
      host             = "db.example.org"
      name             = "airflow"
      username         = "vault"
      password_version = 3
      tls_ca           = "-----BEGIN CERTIFICATE-----"
      roles = {
        airflow = {
          namespace           = "airflow"
          service_account     = "airflow"
          creation_statements = ["CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'"]
        }
      }
    }
    database_password = "only-for-this-test"
    aws = {
      region = "us-east-1"
      roles  = { audit = { role_arn = "arn:aws:iam::123456789012:role/audit", namespace = "medkg", service_account = "medkg-audit" } }
    }
  }

  assert {
    condition = jsondecode(vault_policy.login["medkg-prod-secret-rotation"].policy).path == {
      "secret/data/medkg/prod/OS_PASS" = { capabilities = ["create", "read", "update"] }
    }
    error_message = "The job that rotates writes the keys that it was given, and deletes none."
  }

  assert {
    condition     = vault_database_secret_backend_role.this["airflow"].max_ttl == 86400 && vault_database_secret_backend_connection.postgresql[0].allowed_roles == tolist(["airflow"])
    error_message = "Logins of the database live for a day."
  }

  assert {
    condition     = strcontains(vault_database_secret_backend_connection.postgresql[0].postgresql[0].connection_url, "sslmode=verify-full") && vault_database_secret_backend_connection.postgresql[0].postgresql[0].password == null
    error_message = "The database is reached by TLS that is checked, and its password is only written."
  }

  assert {
    condition     = keys(jsondecode(vault_policy.login["medkg-prod-database-airflow"].policy).path) == ["database/creds/airflow"] && keys(jsondecode(vault_policy.login["medkg-prod-aws-audit"].policy).path) == ["aws/sts/audit"]
    error_message = "A login asks an engine for its own role alone."
  }

  assert {
    condition     = vault_aws_secret_backend_role.this["audit"].credential_type == "assumed_role" && vault_aws_secret_backend.this[0].access_key == null
    error_message = "Vault assumes roles, and keeps no key of AWS."
  }

  assert {
    condition     = vault_kubernetes_auth_backend_config.this.disable_local_ca_jwt == true
    error_message = "Outside of the cluster Vault does not look for the token of its pod."
  }
}
