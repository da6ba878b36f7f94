# Karpenter runs spot nodes for backfills. AWS says in a queue which of them it takes back.

locals {
  interruptions = {
    spot-interruption = { source = "aws.ec2", detail = "EC2 Spot Instance Interruption Warning" }
    rebalance         = { source = "aws.ec2", detail = "EC2 Instance Rebalance Recommendation" }
    state-change      = { source = "aws.ec2", detail = "EC2 Instance State-change Notification" }
    scheduled-change  = { source = "aws.health", detail = "AWS Health Event" }
  }
}

resource "aws_sqs_queue" "interruption" {
  name                      = "${var.name}-karpenter-interruption"
  message_retention_seconds = 300
  kms_master_key_id         = var.queue_kms_key_arn

  tags = { Name = "${var.name}-karpenter-interruption" }
}

resource "aws_sqs_queue_policy" "interruption" {
  queue_url = aws_sqs_queue.interruption.url

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "EventsOfTheseRules"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = ["sqs:SendMessage"]
        Resource  = [aws_sqs_queue.interruption.arn]
        # By their names, so that a plan shows them.
        Condition = { ArnEquals = { "aws:SourceArn" = [for rule in keys(local.interruptions) : "arn:${local.partition}:events:${local.region}:${local.account}:rule/${var.name}-karpenter-${rule}"] } }
      },
      {
        Sid       = "TlsOnly"
        Effect    = "Deny"
        Principal = "*"
        Action    = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"]
        Resource  = [aws_sqs_queue.interruption.arn]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_cloudwatch_event_rule" "interruption" {
  for_each = local.interruptions

  name          = "${var.name}-karpenter-${each.key}"
  description   = "${each.value.detail}, for Karpenter"
  event_pattern = jsonencode({ source = [each.value.source], detail-type = [each.value.detail] })

  tags = { Name = "${var.name}-karpenter-${each.key}" }
}

resource "aws_cloudwatch_event_target" "interruption" {
  for_each = local.interruptions

  rule      = aws_cloudwatch_event_rule.interruption[each.key].name
  target_id = "karpenter"
  arn       = aws_sqs_queue.interruption.arn
}

resource "aws_iam_role" "karpenter_node" {
  name               = "${var.name}-karpenter-node"
  description        = "Nodes that Karpenter starts for ${var.name}"
  assume_role_policy = local.node_trust

  tags = { Name = "${var.name}-karpenter-node" }
}

resource "aws_iam_role_policy_attachment" "karpenter_node" {
  for_each = toset(local.node_policies)

  role       = aws_iam_role.karpenter_node.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/${each.key}"
}

# Made here and named in the EC2NodeClass, so that Karpenter itself may make none.
resource "aws_iam_instance_profile" "karpenter_node" {
  name = "${var.name}-karpenter-node"
  role = aws_iam_role.karpenter_node.name

  tags = { Name = "${var.name}-karpenter-node" }
}
