mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws-us-gov" }
  }
  mock_data "aws_region" {
    defaults = { region = "us-gov-west-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
  mock_data "aws_lb_hosted_zone_id" {
    defaults = { id = "Z33AYJ8TM3BH4J" }
  }
  mock_resource "aws_acm_certificate" {
    defaults = {
      domain_validation_options = [{
        domain_name           = "api.example.org"
        resource_record_name  = "_1.api.example.org."
        resource_record_type  = "CNAME"
        resource_record_value = "_2.acm-validations.aws."
      }]
    }
    override_during = plan
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults        = { arn = "arn:aws-us-gov:logs:us-gov-west-1:123456789012:log-group:aws-waf-logs-medkg-prod-api" }
    override_during = plan
  }
}

variables {
  name            = "medkg-prod"
  host            = "api.example.org"
  zone_id         = "Z0123456789ABCDEFGHIJ"
  vpc_id          = "vpc-1"
  target_cidrs    = { a = "10.20.32.0/19", b = "10.20.64.0/19" }
  log_kms_key_arn = "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/1"
}

run "an_api_for_everybody" {
  command = plan

  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.https : "${rule.cidr_ipv4} ${rule.ip_protocol} ${rule.from_port}-${rule.to_port}"] == ["0.0.0.0/0 tcp 443-443"]
    error_message = "The internet comes in by HTTPS, and by nothing else."
  }

  assert {
    condition     = [for zone, rule in aws_vpc_security_group_egress_rule.pods : "${zone} ${rule.cidr_ipv4} ${rule.from_port}-${rule.to_port}"] == ["a 10.20.32.0/19 8080-8080", "b 10.20.64.0/19 8080-8080"]
    error_message = "The load balancer reaches the port of the pods, zone by zone."
  }

  assert {
    condition     = aws_security_group.load_balancer.tags.Purpose == "public-load-balancer"
    error_message = "The group says that it is the public one."
  }

  assert {
    condition     = length(aws_wafv2_ip_set.allowed) == 0 && join(" ", sort([for rule in aws_wafv2_web_acl.this.rule : rule.name])) == "AWSManagedRulesAmazonIpReputationList AWSManagedRulesCommonRuleSet AWSManagedRulesKnownBadInputsRuleSet AWSManagedRulesSQLiRuleSet rate-limit"
    error_message = "Without an allowlist there is no rule for one, but the rate limit and the rule groups."
  }

  assert {
    condition = [
      for rule in aws_wafv2_web_acl.this.rule : {
        limit    = rule.statement[0].rate_based_statement[0].limit
        window   = rule.statement[0].rate_based_statement[0].evaluation_window_sec
        by       = rule.statement[0].rate_based_statement[0].aggregate_key_type
        answer   = rule.action[0].block[0].custom_response[0].response_code
        priority = rule.priority
      } if rule.name == "rate-limit"
    ] == [{ limit = 1200, window = 60, by = "IP", answer = 429, priority = 2 }]
    error_message = "1,200 requests a minute and address, and then 429."
  }

  assert {
    condition     = alltrue([for rule in aws_wafv2_web_acl.this.rule : length(rule.override_action[0].none) == 1 && length(rule.override_action[0].count) == 0 if rule.name != "rate-limit"])
    error_message = "Rule groups block what they find."
  }

  assert {
    condition = flatten([
      for rule in aws_wafv2_web_acl.this.rule : [
        for override in rule.statement[0].managed_rule_group_statement[0].rule_action_override : "${rule.name} ${override.name}"
      ] if rule.name != "rate-limit"
    ]) == ["AWSManagedRulesCommonRuleSet SizeRestrictions_BODY"]
    error_message = "Large documents are counted, and no other rule is taken back."
  }

  assert {
    condition     = !aws_wafv2_web_acl.this.visibility_config[0].sampled_requests_enabled && alltrue([for rule in aws_wafv2_web_acl.this.rule : !rule.visibility_config[0].sampled_requests_enabled])
    error_message = "Samples hold the headers that the log leaves out."
  }
}

run "logs_without_secrets" {
  command = plan

  assert {
    condition     = aws_cloudwatch_log_group.web_acl.name == "aws-waf-logs-medkg-prod-api" && aws_cloudwatch_log_group.web_acl.kms_key_id == var.log_kms_key_arn && aws_cloudwatch_log_group.web_acl.retention_in_days == 365
    error_message = "WAF wants this prefix; the log is encrypted and kept for a year."
  }

  assert {
    condition     = join(" ", sort([for field in aws_wafv2_web_acl_logging_configuration.this.redacted_fields : field.single_header[0].name])) == "authorization cookie x-api-key"
    error_message = "The log has no authorization, no cookie and no API key."
  }

  assert {
    condition     = length(aws_wafv2_web_acl_logging_configuration.this.logging_filter) == 0 && aws_wafv2_web_acl_logging_configuration.this.log_destination_configs == toset([aws_cloudwatch_log_group.web_acl.arn])
    error_message = "Everything is logged, to that group."
  }

  assert {
    condition = jsondecode(aws_cloudwatch_log_resource_policy.web_acl.policy_document).Statement[0].Principal == { Service = "delivery.logs.amazonaws.com" } && (
      jsondecode(aws_cloudwatch_log_resource_policy.web_acl.policy_document).Statement[0].Condition.StringEquals == { "aws:SourceAccount" = "123456789012" }
    )
    error_message = "The delivery of logs of this account may write to it."
  }
}

run "a_log_bucket" {
  command = plan

  assert {
    condition     = aws_s3_bucket.load_balancer_logs.bucket == "medkg-prod-load-balancer-logs-123456789012" && aws_s3_bucket.load_balancer_logs.tags.Purpose == "load-balancer-logs"
    error_message = "The bucket has the account in its name, and says what it is for."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.load_balancer_logs.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "Elastic Load Balancing writes with SSE-S3 alone."
  }

  assert {
    condition = jsondecode(aws_s3_bucket_policy.load_balancer_logs.policy).Statement[0] == {
      Sid       = "LogsOfOurLoadBalancers"
      Effect    = "Allow"
      Principal = { Service = "logdelivery.elasticloadbalancing.amazonaws.com" }
      Action    = ["s3:PutObject"]
      Resource  = ["arn:aws-us-gov:s3:::medkg-prod-load-balancer-logs-123456789012/AWSLogs/123456789012/*"]
      Condition = {
        StringEquals = { "aws:SourceAccount" = "123456789012" }
        ArnLike      = { "aws:SourceArn" = "arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:123456789012:loadbalancer/*" }
      }
    }
    error_message = "Load balancers of this account and region write there, and nothing else."
  }

  assert {
    condition     = aws_s3_bucket_versioning.load_balancer_logs.versioning_configuration[0].status == "Enabled" && aws_s3_bucket_lifecycle_configuration.load_balancer_logs.rule[0].expiration[0].days == 365
    error_message = "Logs have versions and go after a year."
  }
}

run "a_name_before_there_is_a_load_balancer" {
  command = plan

  assert {
    condition     = length(aws_route53_record.host) == 0
    error_message = "The host points nowhere yet."
  }

  assert {
    condition     = aws_acm_certificate.this.domain_name == "api.example.org" && aws_acm_certificate.this.validation_method == "DNS"
    error_message = "The certificate is for the host, and proven by its zone."
  }

  assert {
    condition     = aws_route53_record.validation.name == "_1.api.example.org." && aws_route53_record.validation.type == "CNAME" && aws_route53_record.validation.records == toset(["_2.acm-validations.aws."])
    error_message = "The record says what ACM asks for."
  }

  assert {
    condition     = aws_route53_record.authority.type == "CAA" && contains(aws_route53_record.authority.records, "0 issue \"amazon.com\"")
    error_message = "Amazon alone may issue certificates for it."
  }
}

run "a_name_of_a_load_balancer" {
  command = plan
  variables {
    load_balancer_dns_name = "k8s-medkg-1.us-gov-west-1.elb.amazonaws.com"
    ipv6                   = true
  }

  assert {
    condition     = keys(aws_route53_record.host) == ["A", "AAAA"] && aws_route53_record.host["A"].alias[0].name == "k8s-medkg-1.us-gov-west-1.elb.amazonaws.com" && aws_route53_record.host["A"].alias[0].zone_id == "Z33AYJ8TM3BH4J"
    error_message = "The host points to the load balancer, by both families."
  }

  assert {
    condition     = keys(aws_vpc_security_group_ingress_rule.https) == ["0.0.0.0/0", "::/0"] && aws_vpc_security_group_ingress_rule.https["::/0"].cidr_ipv6 == "::/0"
    error_message = "Both families come in."
  }
}

run "an_api_for_some" {
  command = plan
  variables {
    allowed_cidrs        = ["203.0.113.0/24", "2001:db8::/48"]
    ipv6                 = true
    log_allowed_requests = false
    managed_rule_groups = {
      AWSManagedRulesCommonRuleSet         = { priority = 20 }
      AWSManagedRulesKnownBadInputsRuleSet = { priority = 30, version = "Version_1.22" }
      AWSManagedRulesSQLiRuleSet           = { priority = 40, count_only = true }
    }
  }

  assert {
    condition     = keys(aws_vpc_security_group_ingress_rule.https) == ["2001:db8::/48", "203.0.113.0/24"]
    error_message = "The security group lets in the allowlist alone."
  }

  assert {
    condition     = aws_wafv2_ip_set.allowed["IPV4"].addresses == toset(["203.0.113.0/24"]) && aws_wafv2_ip_set.allowed["IPV6"].addresses == toset(["2001:db8::/48"])
    error_message = "Each family has its set."
  }

  assert {
    condition = [
      for rule in aws_wafv2_web_acl.this.rule : [rule.priority, length(rule.action[0].block), length(rule.statement[0].not_statement[0].statement[0].or_statement[0].statement)]
      if rule.name == "allowlist"
    ] == [[1, 1, 2]]
    error_message = "Whoever is in neither set is blocked, before all other rules."
  }

  assert {
    condition     = [for rule in aws_wafv2_web_acl.this.rule : length(rule.override_action[0].count) if rule.name == "AWSManagedRulesSQLiRuleSet"] == [1]
    error_message = "A group may be watched first."
  }

  assert {
    condition     = one(aws_wafv2_web_acl_logging_configuration.this.logging_filter).default_behavior == "DROP"
    error_message = "The log may leave out what was let through."
  }
}

run "refuses" {
  command = plan
  variables {
    host                       = "*.example.org"
    zone_id                    = "/hostedzone/Z1"
    load_balancer_dns_name     = "api.example.org"
    target_cidrs               = { a = "0.0.0.0/0" }
    allowed_cidrs              = ["0.0.0.0/0"]
    rate_limit                 = { window_seconds = 90 }
    api_key_headers            = ["X-API-Key"]
    managed_rule_groups        = { AWSManagedRulesCommonRuleSet = { priority = 1 } }
    log_retention_days         = 0
    web_acl_log_retention_days = 10
  }
  expect_failures = [
    var.host,
    var.zone_id,
    var.load_balancer_dns_name,
    var.target_cidrs,
    var.allowed_cidrs,
    var.rate_limit,
    var.api_key_headers,
    var.managed_rule_groups,
    var.log_retention_days,
    var.web_acl_log_retention_days,
  ]
}

run "refuses_a_bucket_name_that_is_too_long" {
  command = plan
  variables { name = "a-platform-with-a-long-name-prod" }
  expect_failures = [aws_s3_bucket.load_balancer_logs]
}
