mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws-us-gov" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
}

variables {
  name        = "medkg/logs"
  description = "Log groups"
  grants = {
    Logs = {
      service    = "logs.us-east-1.amazonaws.com"
      conditions = { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:us-east-1:123456789012:log-group:*" } }
    }
    Volumes = { role_arn = "arn:aws:iam::123456789012:role/scaling", create_grants = true }
  }
}

run "a_key_that_rotates" {
  command = plan

  assert {
    condition     = aws_kms_key.this.enable_key_rotation && aws_kms_key.this.deletion_window_in_days == 30
    error_message = "The key has to rotate and to be kept for 30 days after its deletion."
  }

  assert {
    condition     = aws_kms_alias.this.name == "alias/medkg/logs"
    error_message = "The alias is the name."
  }

  assert {
    condition     = jsondecode(aws_kms_key.this.policy).Statement[0].Principal.AWS == "arn:aws-us-gov:iam::123456789012:root"
    error_message = "The account administers the key, in its own partition."
  }

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_kms_key.this.policy).Statement : alltrue([for action in statement.Action : !strcontains(action, "*")])
    ])
    error_message = "No action of the policy has a wildcard."
  }

  assert {
    condition     = !contains(jsondecode(aws_kms_key.this.policy).Statement[0].Action, "kms:Decrypt")
    error_message = "Administration is not use."
  }
}

run "only_whom_it_is_granted_to" {
  command = plan

  assert {
    condition     = [for statement in jsondecode(aws_kms_key.this.policy).Statement : statement.Sid] == ["Administration", "UseAsPoliciesOfTheAccountAllow", "Logs", "Volumes"]
    error_message = "One statement for each grant, in the order of their names."
  }

  assert {
    condition = (
      jsondecode(aws_kms_key.this.policy).Statement[2].Principal == { Service = "logs.us-east-1.amazonaws.com" } &&
      jsondecode(aws_kms_key.this.policy).Statement[2].Condition == { ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:us-east-1:123456789012:log-group:*" } }
    )
    error_message = "The service may use it under its condition."
  }

  assert {
    condition = (
      jsondecode(aws_kms_key.this.policy).Statement[3].Action == ["kms:CreateGrant"] &&
      jsondecode(aws_kms_key.this.policy).Statement[3].Condition == { Bool = { "kms:GrantIsForAWSResource" = "true" } }
    )
    error_message = "A right to create grants is one for resources of AWS only."
  }
}

run "a_key_in_another_region" {
  command = plan
  variables { region = "us-gov-west-1" }

  assert {
    condition     = aws_kms_key.this.region == "us-gov-west-1" && aws_kms_alias.this.region == "us-gov-west-1"
    error_message = "Key and alias lie in the region that is asked for."
  }
}

run "refuses_names_of_aws" {
  command = plan
  variables { name = "aws/ebs" }
  expect_failures = [var.name]
}

run "refuses_a_grant_to_nobody" {
  command = plan
  variables { grants = { Nobody = {} } }
  expect_failures = [var.grants]
}

run "refuses_a_short_deletion" {
  command = plan
  variables { deletion_window_days = 3 }
  expect_failures = [var.deletion_window_days]
}
