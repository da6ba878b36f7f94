locals {
  log_types = {
    AUDIT_LOGS          = "audit"
    ES_APPLICATION_LOGS = "application"
    INDEX_SLOW_LOGS     = "index-slow"
    SEARCH_SLOW_LOGS    = "search-slow"
  }
}

resource "aws_cloudwatch_log_group" "this" {
  # checkov:skip=CKV_AWS_338: The environment says how long.
  for_each = local.log_types

  name              = "/aws/opensearch/${var.name}/${each.value}"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_kms_key_arn

  tags = { Name = "${var.name}-${each.value}" }
}

# An account has ten of these in a region.
resource "aws_cloudwatch_log_resource_policy" "this" {
  policy_name = "${var.name}-opensearch"

  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "WriteLogsOfTheDomain"
      Effect    = "Allow"
      Principal = { Service = "es.amazonaws.com" }
      Action    = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"]
      Resource  = [for group in values(aws_cloudwatch_log_group.this) : "${group.arn}:*"]
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnLike      = { "aws:SourceArn" = local.domain_arn }
      }
    }]
  })
}
