mock_provider "aws" {
  # Each firewall has an endpoint of its own.
  override_resource {
    target = aws_networkfirewall_firewall.this["us-east-1a"]
    values = {
      arn             = "arn:aws:network-firewall:us-east-1:123456789012:firewall/medkg-us-east-1a"
      firewall_status = [{ sync_states = [{ availability_zone = "us-east-1a", attachment = [{ endpoint_id = "vpce-0a", subnet_id = "subnet-0fa" }] }], transit_gateway_attachment_sync_states = [] }]
    }
  }
  override_resource {
    target = aws_networkfirewall_firewall.this["us-east-1b"]
    values = {
      arn             = "arn:aws:network-firewall:us-east-1:123456789012:firewall/medkg-us-east-1b"
      firewall_status = [{ sync_states = [{ availability_zone = "us-east-1b", attachment = [{ endpoint_id = "vpce-0b", subnet_id = "subnet-0fb" }] }], transit_gateway_attachment_sync_states = [] }]
    }
  }
}

variables {
  name   = "medkg"
  vpc_id = "vpc-0a1b2c3d"
  zones = {
    us-east-1a = { firewall_subnet_id = "subnet-0fa", private_route_table_id = "rtb-0pa", private_cidr = "10.20.32.0/19", nat_route_table_id = "rtb-0na" }
    us-east-1b = { firewall_subnet_id = "subnet-0fb", private_route_table_id = "rtb-0pb", private_cidr = "10.20.64.0/19", nat_route_table_id = "rtb-0nb" }
  }
  home_networks = ["10.20.0.0/16", "100.64.0.0/16"]
  hosts = [
    { host = "clinicaltrials.gov", purpose = "application" },
    { host = ".hf.co", purpose = "application" },
    { host = "example.org", purpose = "application", port = 80 },
    { host = "ghcr.io", purpose = "image" },
  ]
  kms_key_arn     = "arn:aws:kms:us-east-1:123456789012:key/1"
  log_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/2"
}

run "policy" {
  command = plan

  assert {
    condition     = aws_networkfirewall_firewall_policy.this.firewall_policy[0].stateful_default_actions == toset(["aws:drop_established_app_layer_to_server", "aws:alert_established_app_layer_to_server"])
    error_message = "What is left over is dropped, and told, once a client has said what it wants."
  }

  assert {
    condition     = aws_networkfirewall_firewall_policy.this.firewall_policy[0].stateless_default_actions == toset(["aws:forward_to_sfe"]) && aws_networkfirewall_firewall_policy.this.firewall_policy[0].stateless_fragment_default_actions == toset(["aws:forward_to_sfe"])
    error_message = "Every packet is judged by the rules that know connections, fragments too."
  }

  assert {
    condition     = aws_networkfirewall_firewall_policy.this.firewall_policy[0].stateful_engine_options[0].rule_order == "STRICT_ORDER" && aws_networkfirewall_firewall_policy.this.firewall_policy[0].stateful_engine_options[0].stream_exception_policy == "REJECT"
    error_message = "Rules are read in their order, and a connection that broke is reset."
  }

  assert {
    condition     = one([for variable in aws_networkfirewall_firewall_policy.this.firewall_policy[0].policy_variables[0].rule_variables : variable.ip_set[0].definition if variable.key == "HOME_NET"]) == toset(["10.20.0.0/16", "100.64.0.0/16"])
    error_message = "Pods with a range of their own are at home too."
  }

  assert {
    condition     = sort([for reference in aws_networkfirewall_firewall_policy.this.firewall_policy[0].stateful_rule_group_reference : tostring(reference.priority)]) == tolist(["1", "10", "20"])
    error_message = "What is neither HTTPS nor HTTP is dropped first; each purpose has its place."
  }

  assert {
    condition     = strcontains(aws_networkfirewall_rule_group.protocols.rule_group[0].rules_source[0].rules_string, "drop ip $HOME_NET any -> any any (msg:\"not TCP\"; ip_proto:!6;") && strcontains(aws_networkfirewall_rule_group.protocols.rule_group[0].rules_source[0].rules_string, "drop tcp $HOME_NET any -> any ![80,443] (")
    error_message = "Only TCP to 443 and 80 gets as far as the lists."
  }

  assert {
    condition     = strcontains(aws_networkfirewall_rule_group.hosts["application"].rule_group[0].rules_source[0].rules_string, "pass tls $HOME_NET any -> any 443 (tls.sni; content:\"clinicaltrials.gov\"; startswith; nocase; endswith; msg:\"application: clinicaltrials.gov\"; flow:to_server,established; sid:")
    error_message = "A host may be called by its whole name, by HTTPS."
  }

  assert {
    condition     = strcontains(aws_networkfirewall_rule_group.hosts["application"].rule_group[0].rules_source[0].rules_string, "(tls.sni; dotprefix; content:\".hf.co\"; nocase; endswith;")
    error_message = "A dot in front is for all names below."
  }

  assert {
    condition     = strcontains(aws_networkfirewall_rule_group.hosts["application"].rule_group[0].rules_source[0].rules_string, "pass http $HOME_NET any -> any 80 (http.host; content:\"example.org\"; startswith; endswith;")
    error_message = "HTTP is known by its header, which Suricata has in small letters."
  }

  assert {
    condition     = keys(aws_networkfirewall_rule_group.hosts) == ["application", "image"] && !strcontains(aws_networkfirewall_rule_group.hosts["application"].rule_group[0].rules_source[0].rules_string, "ghcr.io")
    error_message = "Each purpose has a group with its own hosts."
  }

  assert {
    condition     = !strcontains(join("", [for group in aws_networkfirewall_rule_group.hosts : group.rule_group[0].rules_source[0].rules_string]), "drop ") && length(distinct(values(local.rule_ids))) == 4
    error_message = "Lists only let pass, or the first would end the others; each rule has its number."
  }

  assert {
    condition     = alltrue([for firewall in aws_networkfirewall_firewall.this : firewall.delete_protection && firewall.subnet_change_protection && firewall.encryption_configuration[0].key_id == var.kms_key_arn])
    error_message = "The firewalls are protected and encrypted."
  }

  assert {
    condition     = alltrue([for group in aws_cloudwatch_log_group.this : group.kms_key_id == var.log_kms_key_arn && startswith(group.name, "/aws/vendedlogs/")]) && keys(aws_networkfirewall_logging_configuration.this) == ["us-east-1a", "us-east-1b"]
    error_message = "Every firewall logs what it drops and every connection, encrypted."
  }
}

run "one_more_host" {
  command = plan
  variables {
    hosts = [
      { host = "a.example.org", purpose = "application" },
      { host = "clinicaltrials.gov", purpose = "application" },
    ]
  }

  assert {
    condition     = local.rule_ids["clinicaltrials.gov:443"] == 100000000 + parseint(substr(sha256("clinicaltrials.gov:443"), 0, 6), 16) && strcontains(run.policy.rules["application"], "sid:${local.rule_ids["clinicaltrials.gov:443"]};")
    error_message = "The number of a rule does not depend on the other rules."
  }
}

run "ways" {
  command = apply
  variables { deletion_protection = false }

  assert {
    condition     = aws_route.out["us-east-1a"].vpc_endpoint_id == "vpce-0a" && aws_route.out["us-east-1b"].vpc_endpoint_id == "vpce-0b" && aws_route.out["us-east-1a"].route_table_id == "rtb-0pa" && aws_route.out["us-east-1a"].destination_cidr_block == "0.0.0.0/0"
    error_message = "A private subnet leaves through the endpoint of its zone."
  }

  assert {
    condition     = aws_route.back["us-east-1a"].vpc_endpoint_id == "vpce-0a" && aws_route.back["us-east-1b"].vpc_endpoint_id == "vpce-0b" && aws_route.back["us-east-1b"].route_table_id == "rtb-0nb" && aws_route.back["us-east-1b"].destination_cidr_block == "10.20.64.0/19"
    error_message = "What comes back goes through the same endpoint."
  }
}

run "refuses" {
  command = plan
  variables {
    home_networks = []
    hosts = [
      { host = "https://example.org", purpose = "application" },
    ]
    rule_capacity      = 5
    log_retention_days = 10
    kms_key_arn        = "alias/network"
    zones = {
      us-east-1a = { firewall_subnet_id = "subnet-0fa", private_route_table_id = "rtb-0p", private_cidr = "10.20.32.0/19", nat_route_table_id = "rtb-0n" }
      us-east-1b = { firewall_subnet_id = "subnet-0fb", private_route_table_id = "rtb-0p", private_cidr = "10.20.64.0/19", nat_route_table_id = "rtb-0n" }
    }
  }
  expect_failures = [var.home_networks, var.hosts, var.rule_capacity, var.log_retention_days, var.kms_key_arn, var.zones]
}

run "refuses_more_hosts_than_fit" {
  command = plan
  variables {
    rule_capacity = 10
    hosts         = [for number in range(11) : { host = "h${number}.example.org", purpose = "application" }]
  }
  expect_failures = [aws_networkfirewall_rule_group.hosts]
}
