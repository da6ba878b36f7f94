mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws", reverse_dns_prefix = "com.amazonaws" }
  }
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
}

variables {
  name                 = "medkg"
  cluster_name         = "medkg-prod"
  cidr                 = "10.20.0.0/16"
  flow_log_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/1"
  zones = {
    us-east-1a = { public = "10.20.0.0/24", private = "10.20.32.0/19", data = "10.20.16.0/22", firewall = "10.20.3.0/28", nat = "10.20.3.64/28" }
    us-east-1b = { public = "10.20.1.0/24", private = "10.20.64.0/19", data = "10.20.20.0/22", firewall = "10.20.3.16/28", nat = "10.20.3.80/28" }
    us-east-1c = { public = "10.20.2.0/24", private = "10.20.96.0/19", data = "10.20.24.0/22", firewall = "10.20.3.32/28", nat = "10.20.3.96/28" }
  }
}

run "three_zones" {
  command = plan

  assert {
    condition     = keys(aws_subnet.data) == ["us-east-1a", "us-east-1b", "us-east-1c"] && keys(aws_nat_gateway.this) == keys(aws_subnet.data)
    error_message = "Each zone has subnets and a NAT gateway of its own."
  }

  assert {
    condition     = !anytrue([for subnet in concat(values(aws_subnet.public), values(aws_subnet.private), values(aws_subnet.data)) : subnet.map_public_ip_on_launch])
    error_message = "No subnet gives public addresses to what is started in it."
  }

  assert {
    condition     = aws_subnet.private["us-east-1b"].tags["karpenter.sh/discovery"] == "medkg-prod" && aws_subnet.private["us-east-1b"].tags["kubernetes.io/role/internal-elb"] == "1"
    error_message = "Karpenter and internal load balancers find the private subnets by tags."
  }

  assert {
    condition     = [for zone, subnet in aws_subnet.public : subnet.tags["kubernetes.io/role/elb"]] == ["1", "1", "1"] && !contains(keys(aws_subnet.data["us-east-1a"].tags), "kubernetes.io/role/internal-elb")
    error_message = "Public load balancers find the public subnets, and nothing finds the data subnets."
  }

  assert {
    condition     = length(aws_default_security_group.this.ingress) == 0 && length(aws_default_security_group.this.egress) == 0 && length(aws_default_route_table.this.route) == 0
    error_message = "The default security group and route table let nothing through."
  }

  assert {
    condition     = length(aws_route.private_nat) == 3 && length(aws_route.firewall_nat) == 0
    error_message = "Without inspection the private subnets leave through NAT."
  }

  assert {
    condition     = length(aws_vpc_endpoint.interface) == 16 && aws_vpc_endpoint.interface["ecr.api"].service_name == "com.amazonaws.us-east-1.ecr.api" && aws_vpc_endpoint.interface["ecr.api"].private_dns_enabled
    error_message = "Private nodes reach the services of AWS by endpoints, under their usual names."
  }

  assert {
    condition     = aws_vpc_endpoint.s3.vpc_endpoint_type == "Gateway" && jsondecode(aws_vpc_endpoint.s3.policy).Statement[0].Condition.StringEquals["aws:ResourceAccount"] == ["123456789012"]
    error_message = "S3 has a gateway endpoint that leads to the buckets of this account."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.endpoints.cidr_ipv4 == "10.20.0.0/16" && aws_vpc_security_group_ingress_rule.endpoints.from_port == 443
    error_message = "The endpoints answer the network alone, by HTTPS."
  }

  assert {
    condition     = aws_flow_log.this.traffic_type == "ALL" && aws_cloudwatch_log_group.flow.kms_key_id == var.flow_log_kms_key_arn && aws_cloudwatch_log_group.flow.retention_in_days == 365
    error_message = "Flow logs record everything, encrypted with the given key, for a year."
  }
}

run "one_nat_gateway" {
  command = plan
  variables { single_nat_zone = "us-east-1b" }

  assert {
    condition     = keys(aws_nat_gateway.this) == ["us-east-1b"] && length(aws_eip.nat) == 1
    error_message = "One zone has the NAT gateway and its address."
  }

  assert {
    condition     = length(aws_route.private_nat) == 3
    error_message = "Every zone leaves through it."
  }
}

run "a_firewall_in_between" {
  command = plan
  variables { egress_inspection = true }

  assert {
    condition     = length(aws_subnet.firewall) == 3 && length(aws_route.firewall_nat) == 3
    error_message = "The subnets of the firewall leave through the NAT gateway of their zone."
  }

  assert {
    condition     = length(aws_route.private_nat) == 0
    error_message = "The default route of the private subnets is left to the firewall."
  }

  assert {
    condition     = keys(aws_subnet.nat) == keys(aws_nat_gateway.this) && length(aws_route.nat_internet) == 3 && [for zone, subnet in aws_subnet.nat : subnet.cidr_block] == ["10.20.3.64/28", "10.20.3.80/28", "10.20.3.96/28"]
    error_message = "The NAT gateways stand in subnets of their own, apart from load balancers."
  }
}

run "refuses_overlapping_subnets" {
  command = plan
  variables {
    zones = {
      us-east-1a = { public = "10.20.0.0/24", private = "10.20.32.0/19", data = "10.20.16.0/22" }
      us-east-1b = { public = "10.20.1.0/24", private = "10.20.48.0/20", data = "10.20.20.0/22" }
      us-east-1c = { public = "10.20.2.0/24", private = "10.20.96.0/19", data = "10.20.24.0/22" }
    }
  }
  expect_failures = [aws_vpc.this]
}

run "refuses_what_a_firewall_cannot_do" {
  command = plan
  variables {
    egress_inspection       = true
    single_nat_zone         = "us-east-1a"
    interface_endpoints     = ["s3"]
    cluster_name            = "medkg prod"
    s3_read_buckets         = ["arn:aws:s3:::everything"]
    flow_log_retention_days = 10
    flow_log_kms_key_arn    = "alias/logs"
    s3_account_ids          = ["12"]
  }
  expect_failures = [
    var.egress_inspection,
    var.cluster_name,
    var.s3_read_buckets,
    var.interface_endpoints,
    var.flow_log_retention_days,
    var.flow_log_kms_key_arn,
    var.s3_account_ids,
  ]
}
