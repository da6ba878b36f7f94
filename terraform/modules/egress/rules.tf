# Rules in the language of Suricata. The lists of hosts that AWS offers are no use for more than one list: each ends with a rule
# that drops what is on none of its own names, before the next list is read.

locals {
  # Fixed, so that one more purpose moves no other.
  priorities = { application = 10, image = 20, aws-api = 30, operations = 40 }

  # The number of a rule follows from its host: one more host changes no other rule.
  rule_ids = { for one in var.hosts : "${one.host}:${one.port}" => 100000000 + parseint(substr(sha256("${one.host}:${one.port}"), 0, 6), 16) }

  rules = {
    for one in var.hosts : "${one.host}:${one.port}" => format(
      "pass %s $HOME_NET any -> any %d (%s; %s; msg:\"%s: %s\"; flow:to_server,established; sid:%d; rev:1;)",
      one.port == 443 ? "tls" : "http",
      one.port,
      one.port == 443 ? "tls.sni" : "http.host",
      # A dot in front is for the name itself and all names below it.
      startswith(one.host, ".") ? "dotprefix; content:\"${one.host}\"${local.nocase[one.port]}; endswith" : "content:\"${one.host}\"; startswith${local.nocase[one.port]}; endswith",
      one.purpose,
      one.host,
      local.rule_ids["${one.host}:${one.port}"],
    )
  }
  # Suricata has the host of HTTP in small letters already, and takes no nocase there.
  nocase = { 443 = "; nocase", 80 = "" }

  rules_of = { for purpose in local.purposes : purpose => sort([for one in var.hosts : local.rules["${one.host}:${one.port}"] if one.purpose == purpose]) }
}

# DNS and time are asked of the network's own resolver and clock, which no firewall stands in front of.
resource "aws_networkfirewall_rule_group" "protocols" {
  name        = "${var.name}-protocols"
  description = "Drops what is neither HTTPS nor HTTP"
  type        = "STATEFUL"
  capacity    = 10

  rule_group {
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }

    rules_source {
      rules_string = <<-EOT
        drop ip $HOME_NET any -> any any (msg:"not TCP"; ip_proto:!6; sid:1; rev:1;)
        drop tcp $HOME_NET any -> any ![80,443] (msg:"neither port 443 nor 80"; flow:to_server; sid:2; rev:1;)
      EOT
    }
  }

  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = var.kms_key_arn
  }

  tags = { Name = "${var.name}-protocols" }
}

resource "aws_networkfirewall_rule_group" "hosts" {
  for_each = local.purposes

  name        = "${var.name}-${each.key}"
  description = "Hosts for: ${each.key}"
  type        = "STATEFUL"
  capacity    = var.rule_capacity

  rule_group {
    stateful_rule_options {
      rule_order = "STRICT_ORDER"
    }

    rules_source {
      rules_string = join("\n", local.rules_of[each.key])
    }
  }

  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = var.kms_key_arn
  }

  tags = { Name = "${var.name}-${each.key}" }

  lifecycle {
    precondition {
      condition     = length(local.rules_of[each.key]) <= var.rule_capacity
      error_message = "There are more hosts for ${each.key} than its group has room for: raise rule_capacity, which makes the groups anew."
    }
    precondition {
      condition     = length(distinct(values(local.rule_ids))) == length(local.rule_ids)
      error_message = "Two hosts have the same number of a rule."
    }
  }
}
