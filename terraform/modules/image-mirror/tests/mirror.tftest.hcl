mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
  }
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
}

variables {
  prefix      = "medkg/mirror"
  images      = { "vllm/vllm-openai" = "docker.io/vllm/vllm-openai", "org/medkg-api" = "ghcr.io/org/medkg-api" }
  kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/1"
}

run "repositories" {
  command = plan

  assert {
    condition     = [for name, repository in aws_ecr_repository.this : repository.name] == ["medkg/mirror/org/medkg-api", "medkg/mirror/vllm/vllm-openai"]
    error_message = "Each image has a repository of its own name below the prefix."
  }

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_tag_mutability == "IMMUTABLE"])
    error_message = "Nobody moves a tag."
  }

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.encryption_configuration[0].encryption_type == "KMS" && repository.encryption_configuration[0].kms_key == var.kms_key_arn])
    error_message = "Images are encrypted with the given key."
  }

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_scanning_configuration[0].scan_on_push && !repository.force_delete])
    error_message = "Images are scanned, and a repository with images is not destroyed."
  }

  assert {
    condition     = output.registry == "123456789012.dkr.ecr.us-east-1.amazonaws.com/medkg/mirror"
    error_message = "The chart gets the registry with the prefix."
  }

  assert {
    condition     = output.copies["docker.io/vllm/vllm-openai"] == "123456789012.dkr.ecr.us-east-1.amazonaws.com/medkg/mirror/vllm/vllm-openai"
    error_message = "Whoever copies is told where to."
  }
}

run "refuses" {
  command = plan
  variables {
    prefix      = "Medkg/"
    kms_key_arn = "alias/images"
  }
  expect_failures = [var.prefix, var.kms_key_arn]
}

run "refuses_images_with_tags" {
  command = plan
  variables {
    images = { "vllm/vllm-openai" = "docker.io/vllm/vllm-openai:latest" }
  }
  expect_failures = [var.images]
}
