output "registry" {
  description = "What stands before the repositories: the chart's `global.imageRegistry`."
  value       = local.registry
}

output "copies" {
  description = "Where each image is copied from and to, without a tag."
  value       = { for name, source in var.images : source => "${local.registry}/${name}" }
}
