# What Karpenter may do, as its documentation asks it, less what it does not do here: it makes no instance profiles.

locals {
  karpenter_tag      = "aws:ResourceTag/kubernetes.io/cluster/${var.name}"
  karpenter_new_tag  = "aws:RequestTag/kubernetes.io/cluster/${var.name}"
  karpenter_ec2      = "arn:${local.partition}:ec2:${local.region}"
  karpenter_creates  = ["fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request"]
  karpenter_new_arns = [for kind in local.karpenter_creates : "${local.karpenter_ec2}:*:${kind}/*"]

  karpenter_statements = concat(
    [
      {
        Sid    = "StartNodesFrom"
        Effect = "Allow"
        Action = ["ec2:CreateFleet", "ec2:RunInstances"]
        Resource = [
          "${local.karpenter_ec2}::image/*",
          "${local.karpenter_ec2}::snapshot/*",
          "${local.karpenter_ec2}:*:capacity-reservation/*",
          "${local.karpenter_ec2}:*:security-group/*",
          "${local.karpenter_ec2}:*:subnet/*",
        ]
      },
      {
        Sid      = "StartNodesFromOwnTemplates"
        Effect   = "Allow"
        Action   = ["ec2:CreateFleet", "ec2:RunInstances"]
        Resource = ["${local.karpenter_ec2}:*:launch-template/*"]
        Condition = {
          StringEquals = { (local.karpenter_tag) = "owned" }
          StringLike   = { "aws:ResourceTag/karpenter.sh/nodepool" = "*" }
        }
      },
      {
        Sid      = "StartWhatIsTagged"
        Effect   = "Allow"
        Action   = ["ec2:CreateFleet", "ec2:CreateLaunchTemplate", "ec2:RunInstances"]
        Resource = local.karpenter_new_arns
        Condition = {
          StringEquals = { (local.karpenter_new_tag) = "owned", "aws:RequestTag/eks:eks-cluster-name" = var.name }
          StringLike   = { "aws:RequestTag/karpenter.sh/nodepool" = "*" }
        }
      },
      {
        Sid      = "TagWhatIsStarted"
        Effect   = "Allow"
        Action   = ["ec2:CreateTags"]
        Resource = local.karpenter_new_arns
        Condition = {
          StringEquals = {
            (local.karpenter_new_tag)             = "owned"
            "aws:RequestTag/eks:eks-cluster-name" = var.name
            "ec2:CreateAction"                    = ["CreateFleet", "CreateLaunchTemplate", "RunInstances"]
          }
          StringLike = { "aws:RequestTag/karpenter.sh/nodepool" = "*" }
        }
      },
      {
        Sid      = "NameItsNodes"
        Effect   = "Allow"
        Action   = ["ec2:CreateTags"]
        Resource = ["${local.karpenter_ec2}:*:instance/*"]
        Condition = {
          StringEquals                = { (local.karpenter_tag) = "owned" }
          StringLike                  = { "aws:ResourceTag/karpenter.sh/nodepool" = "*" }
          "ForAllValues:StringEquals" = { "aws:TagKeys" = ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] }
        }
      },
      {
        Sid      = "EndItsNodes"
        Effect   = "Allow"
        Action   = ["ec2:DeleteLaunchTemplate", "ec2:TerminateInstances"]
        Resource = ["${local.karpenter_ec2}:*:instance/*", "${local.karpenter_ec2}:*:launch-template/*"]
        Condition = {
          StringEquals = { (local.karpenter_tag) = "owned" }
          StringLike   = { "aws:ResourceTag/karpenter.sh/nodepool" = "*" }
        }
      },
      {
        Sid    = "Look"
        Effect = "Allow"
        Action = [
          "ec2:DescribeCapacityReservations",
          "ec2:DescribeImages",
          "ec2:DescribeInstanceStatus",
          "ec2:DescribeInstanceTypeOfferings",
          "ec2:DescribeInstanceTypes",
          "ec2:DescribeInstances",
          "ec2:DescribeLaunchTemplates",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeSpotPriceHistory",
          "ec2:DescribeSubnets",
        ]
        # These actions know no resource.
        Resource  = "*"
        Condition = { StringEquals = { "aws:RequestedRegion" = local.region } }
      },
      {
        Sid    = "Prices"
        Effect = "Allow"
        Action = ["pricing:GetProducts"]
        # The price list knows no resource.
        Resource = "*"
      },
      {
        Sid      = "Images"
        Effect   = "Allow"
        Action   = ["ssm:GetParameter"]
        Resource = ["arn:${local.partition}:ssm:${local.region}::parameter/aws/service/*"]
      },
      {
        Sid      = "Interruptions"
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:ReceiveMessage"]
        Resource = ["arn:${local.partition}:sqs:${local.region}:${local.account}:${var.name}-karpenter-interruption"]
      },
      {
        Sid      = "ReadInterruptions"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = [var.queue_kms_key_arn]
      },
      {
        Sid       = "GiveNodesTheirRole"
        Effect    = "Allow"
        Action    = ["iam:PassRole"]
        Resource  = ["arn:${local.partition}:iam::${local.account}:role/${var.name}-karpenter-node"]
        Condition = { StringEquals = { "iam:PassedToService" = "ec2.${data.aws_partition.current.dns_suffix}" } }
      },
      {
        Sid      = "ReadTheInstanceProfile"
        Effect   = "Allow"
        Action   = ["iam:GetInstanceProfile"]
        Resource = ["arn:${local.partition}:iam::${local.account}:instance-profile/${var.name}-karpenter-node"]
      },
      {
        Sid    = "LookForInstanceProfiles"
        Effect = "Allow"
        Action = ["iam:ListInstanceProfiles"]
        # A list of an account knows no resource. Karpenter asks for it every few minutes, although none is its own here.
        Resource = "*"
      },
      {
        Sid      = "FindTheCluster"
        Effect   = "Allow"
        Action   = ["eks:DescribeCluster"]
        Resource = ["arn:${local.partition}:eks:${local.region}:${local.account}:cluster/${var.name}"]
      },
    ],
    local.volume_key_statements,
  )
}
