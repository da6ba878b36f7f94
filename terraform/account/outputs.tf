output "anomaly_monitor_arn" {
  description = "The monitor of services."
  value       = local.monitor_arn
}
