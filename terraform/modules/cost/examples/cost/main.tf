# A limit for one environment.

provider "aws" {
  region = "us-east-1"
}

module "cost" {
  source = "../.."

  name              = "example-dev"
  environment       = "dev"
  monthly_limit_usd = 1500
  emails            = ["platform@example.org"]
}

output "budget_arn" {
  description = "The budget."
  value       = module.cost.budget_arn
}
