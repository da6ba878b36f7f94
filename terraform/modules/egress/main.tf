# A firewall between the private subnets and the NAT gateways: what leaves has to be HTTPS to a host that is listed.

locals {
  purposes = toset([for one in var.hosts : one.purpose])
}

# One a zone, all with the same policy. AWS charges by the endpoint, so that it costs what one over all zones costs; and a zone
# comes and goes without a change to the others.
resource "aws_networkfirewall_firewall" "this" {
  for_each = var.zones

  name                = "${var.name}-${each.key}"
  description         = "What leaves the private subnet in ${each.key}"
  vpc_id              = var.vpc_id
  firewall_policy_arn = aws_networkfirewall_firewall_policy.this.arn

  delete_protection                 = var.deletion_protection
  subnet_change_protection          = var.deletion_protection
  firewall_policy_change_protection = var.deletion_protection

  subnet_mapping {
    subnet_id = each.value.firewall_subnet_id
  }

  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = var.kms_key_arn
  }

  tags = { Name = "${var.name}-${each.key}" }
}

resource "aws_networkfirewall_firewall_policy" "this" {
  name        = var.name
  description = "Hosts that are listed, by HTTPS"

  firewall_policy {
    # Everything goes to the rules that know connections, fragments too: dropped ones would break large packets.
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:forward_to_sfe"]

    # What no rule let pass is dropped and told, once the connection stands and the client has said what it wants. A
    # stricter action drops the handshake, before there is a name to judge; the older "drop established" drops a greeting that
    # comes in two packets, as those with post-quantum keys do; and the one for both directions drops the server's own
    # packets, which say nothing about where a connection goes.
    stateful_default_actions = [
      "aws:drop_established_app_layer_to_server",
      "aws:alert_established_app_layer_to_server",
    ]

    stateful_engine_options {
      rule_order = "STRICT_ORDER"
      # A connection that the firewall did not see begin is reset, so that the client begins a new one and does not wait.
      stream_exception_policy = "REJECT"
    }

    # Otherwise only the range of the network itself would count, and pods with a range of their own would get nowhere.
    policy_variables {
      rule_variables {
        key = "HOME_NET"
        ip_set {
          definition = var.home_networks
        }
      }
    }

    stateful_rule_group_reference {
      priority     = 1
      resource_arn = aws_networkfirewall_rule_group.protocols.arn
    }

    dynamic "stateful_rule_group_reference" {
      for_each = local.purposes
      content {
        priority     = local.priorities[stateful_rule_group_reference.key]
        resource_arn = aws_networkfirewall_rule_group.hosts[stateful_rule_group_reference.key].arn
      }
    }
  }

  encryption_configuration {
    type   = "CUSTOMER_KMS"
    key_id = var.kms_key_arn
  }

  tags = { Name = var.name }
}
