output "firewall_arns" {
  description = "The firewalls by zone."
  value       = { for zone, firewall in aws_networkfirewall_firewall.this : zone => firewall.arn }
}

output "policy_arn" {
  description = "Their policy."
  value       = aws_networkfirewall_firewall_policy.this.arn
}

output "endpoint_ids" {
  description = "Their endpoints by zone. Known only after the ways out and back lead through them."
  value       = local.endpoints
  depends_on  = [aws_route.out, aws_route.back]
}

output "log_group_names" {
  description = "Where they log: `alert` has what was dropped, `flow` every connection."
  value       = { for kind, group in aws_cloudwatch_log_group.this : kind => group.name }
}

output "hosts" {
  description = "The hosts that may be called, by why."
  value       = { for purpose in local.purposes : purpose => sort([for one in var.hosts : one.host if one.purpose == purpose]) }
}

output "rules" {
  description = "The rules of each purpose, in the language of Suricata."
  value       = { for purpose in local.purposes : purpose => join("\n", local.rules_of[purpose]) }
}
