# A key that CloudWatch Logs may use for the log groups of this account.

provider "aws" {
  region = "us-east-1"
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

module "logs_key" {
  source = "../.."

  name        = "example/logs"
  description = "Log groups of the example"
  grants = {
    Logs = {
      service = "logs.${data.aws_region.current.region}.amazonaws.com"
      conditions = {
        ArnLike = {
          "kms:EncryptionContext:aws:logs:arn" = "arn:${data.aws_partition.current.partition}:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:*"
        }
      }
    }
  }
}

output "key_arn" {
  description = "The key, for the log groups."
  value       = module.logs_key.arn
}
