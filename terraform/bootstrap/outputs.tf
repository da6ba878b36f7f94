output "backend" {
  description = "What backend.hcl has to say, for `terraform init -backend-config=backend.hcl` in every other root."
  value       = <<-EOT
    bucket     = "${aws_s3_bucket.state.bucket}"
    region     = "${var.region}"
    kms_key_id = "${module.key.arn}"
  EOT
}
