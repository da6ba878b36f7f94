# A service that may read one bucket.

provider "aws" {
  region = "us-east-1"
}

module "identities" {
  source = "../.."

  cluster_name = "example"
  identities = {
    reader = {
      description     = "Reads documents"
      namespace       = "medkg"
      service_account = "medkg-parser"
      policy = jsonencode({
        Version   = "2012-10-17"
        Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::example-documents/*"] }]
      })
    }
  }
}

output "role_arn" {
  description = "The role of the service."
  value       = module.identities.role_arns["reader"]
}
