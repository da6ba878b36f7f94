# What the AWS Load Balancer Controller may do: it changes what carries the tag of this cluster. It is to run with
# --enable-shield=false and --enable-waf=false (the classic ones; WAFv2 is on), as the module cluster-addons runs it: where it may
# not ask, it ends before it has written the name of the load balancer into the Ingress.

locals {
  load_balancer_arn = "arn:${local.partition}:elasticloadbalancing:${local.region}:${local.account}"
  security_groups   = "arn:${local.partition}:ec2:${local.region}:${local.account}:security-group/*"
  listeners         = ["${local.load_balancer_arn}:listener/*", "${local.load_balancer_arn}:listener-rule/*"]
  load_balancers    = ["${local.load_balancer_arn}:loadbalancer/*", "${local.load_balancer_arn}:targetgroup/*"]

  of_this_cluster  = { StringEquals = { "aws:ResourceTag/elbv2.k8s.aws/cluster" = var.name } }
  for_this_cluster = { StringEquals = { "aws:RequestTag/elbv2.k8s.aws/cluster" = var.name } }

  load_balancer_statements = [
    {
      Sid    = "Look"
      Effect = "Allow"
      Action = [
        "acm:DescribeCertificate",
        "acm:ListCertificates",
        "ec2:DescribeAvailabilityZones",
        "ec2:DescribeCoipPools",
        "ec2:DescribeInstances",
        "ec2:DescribeInternetGateways",
        "ec2:DescribeIpamPools",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeRouteTables",
        "ec2:DescribeSecurityGroupRules",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeSubnets",
        "ec2:DescribeTags",
        "ec2:DescribeVpcPeeringConnections",
        "ec2:DescribeVpcs",
        "ec2:GetSecurityGroupsForVpc",
        "elasticloadbalancing:DescribeCapacityReservation",
        "elasticloadbalancing:DescribeListenerAttributes",
        "elasticloadbalancing:DescribeListenerCertificates",
        "elasticloadbalancing:DescribeListeners",
        "elasticloadbalancing:DescribeLoadBalancerAttributes",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeRules",
        "elasticloadbalancing:DescribeSSLPolicies",
        "elasticloadbalancing:DescribeTags",
        "elasticloadbalancing:DescribeTargetGroupAttributes",
        "elasticloadbalancing:DescribeTargetGroups",
        "elasticloadbalancing:DescribeTargetHealth",
        "elasticloadbalancing:DescribeTrustStores",
        "wafv2:GetWebACL",
        "wafv2:GetWebACLForResource",
      ]
      # Looking knows no resource, or starts before one is known.
      Resource = "*"
    },
    {
      Sid    = "GuardByWaf"
      Effect = "Allow"
      Action = ["elasticloadbalancing:SetWebACL", "wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"]
      Resource = [
        "${local.load_balancer_arn}:loadbalancer/app/*",
        "arn:${local.partition}:wafv2:${local.region}:${local.account}:regional/webacl/*",
      ]
    },
    {
      Sid      = "MakeSecurityGroupsInTheNetwork"
      Effect   = "Allow"
      Action   = ["ec2:CreateSecurityGroup"]
      Resource = ["arn:${local.partition}:ec2:${local.region}:${local.account}:vpc/${var.vpc_id}"]
    },
    {
      Sid       = "MakeSecurityGroups"
      Effect    = "Allow"
      Action    = ["ec2:CreateSecurityGroup"]
      Resource  = [local.security_groups]
      Condition = local.for_this_cluster
    },
    {
      Sid       = "TagSecurityGroups"
      Effect    = "Allow"
      Action    = ["ec2:CreateTags"]
      Resource  = [local.security_groups]
      Condition = { StringEquals = merge(local.for_this_cluster.StringEquals, { "ec2:CreateAction" = "CreateSecurityGroup" }) }
    },
    {
      Sid    = "ChangeItsSecurityGroups"
      Effect = "Allow"
      Action = [
        "ec2:AuthorizeSecurityGroupIngress",
        "ec2:CreateTags",
        "ec2:DeleteSecurityGroup",
        "ec2:DeleteTags",
        "ec2:RevokeSecurityGroupIngress",
      ]
      Resource  = [local.security_groups]
      Condition = local.of_this_cluster
    },
    {
      # The group of the nodes is made by EKS and carries the tag of Karpenter, not that of the controller.
      Sid       = "LetLoadBalancersReachTheNodes"
      Effect    = "Allow"
      Action    = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"]
      Resource  = [local.security_groups]
      Condition = { StringEquals = { "aws:ResourceTag/karpenter.sh/discovery" = var.name } }
    },
    {
      Sid       = "MakeLoadBalancers"
      Effect    = "Allow"
      Action    = ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"]
      Resource  = local.load_balancers
      Condition = local.for_this_cluster
    },
    {
      Sid      = "TagWhatItMakes"
      Effect   = "Allow"
      Action   = ["elasticloadbalancing:AddTags"]
      Resource = concat(local.load_balancers, local.listeners)
      Condition = {
        StringEquals = {
          "elasticloadbalancing:CreateAction" = ["CreateListener", "CreateLoadBalancer", "CreateRule", "CreateTargetGroup"]
        }
      }
    },
    {
      Sid    = "ChangeItsLoadBalancers"
      Effect = "Allow"
      Action = [
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:CreateListener",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:DeregisterTargets",
        "elasticloadbalancing:ModifyCapacityReservation",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RegisterTargets",
        "elasticloadbalancing:RemoveTags",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
      ]
      Resource  = local.load_balancers
      Condition = local.of_this_cluster
    },
    {
      Sid    = "ChangeItsListeners"
      Effect = "Allow"
      Action = [
        "elasticloadbalancing:AddListenerCertificates",
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:CreateRule",
        "elasticloadbalancing:DeleteListener",
        "elasticloadbalancing:DeleteRule",
        "elasticloadbalancing:ModifyListener",
        "elasticloadbalancing:ModifyListenerAttributes",
        "elasticloadbalancing:ModifyRule",
        "elasticloadbalancing:RemoveListenerCertificates",
        "elasticloadbalancing:RemoveTags",
        "elasticloadbalancing:SetRulePriorities",
      ]
      Resource  = local.listeners
      Condition = local.of_this_cluster
    },
  ]
}
