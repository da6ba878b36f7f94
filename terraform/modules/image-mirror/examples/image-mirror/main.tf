# A mirror of one image.

provider "aws" {
  region = "us-east-1"
}

module "key" {
  source = "../../../kms-key"

  name        = "example/images"
  description = "Images"
}

module "image_mirror" {
  source = "../.."

  prefix      = "example/mirror"
  images      = { "vllm/vllm-openai" = "docker.io/vllm/vllm-openai" }
  kms_key_arn = module.key.arn
}

output "copies" {
  description = "What to copy, and where to."
  value       = module.image_mirror.copies
}
