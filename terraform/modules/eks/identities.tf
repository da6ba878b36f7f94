# Roles of what runs the cluster. Those of the platform's own services are in the module platform-roles.

module "identities" {
  source = "../pod-identities"

  cluster_name = aws_eks_cluster.this.name
  mode         = var.identity_mode
  oidc_issuer  = var.identity_mode == "irsa" ? trimprefix(aws_eks_cluster.this.identity[0].oidc[0].issuer, "https://") : ""

  identities = {
    vpc-cni = {
      description      = "Gives pods their addresses"
      namespace        = "kube-system"
      service_account  = local.addon_identities["vpc-cni"].service_account
      managed_policies = ["AmazonEKS_CNI_Policy"]
      of_addon         = true
    }
    ebs-csi = {
      description      = "Makes volumes"
      namespace        = "kube-system"
      service_account  = local.addon_identities["aws-ebs-csi-driver"].service_account
      managed_policies = ["service-role/AmazonEBSCSIDriverPolicy"]
      policy           = jsonencode({ Version = "2012-10-17", Statement = local.volume_key_statements })
      of_addon         = true
    }
    efs-csi = {
      description      = "Makes access points of file systems"
      namespace        = "kube-system"
      service_account  = local.addon_identities["aws-efs-csi-driver"].service_account
      managed_policies = ["service-role/AmazonEFSCSIDriverPolicy"]
      of_addon         = true
    }
    load-balancer = {
      description     = "Makes load balancers of Ingresses and Services"
      namespace       = "kube-system"
      service_account = var.controllers.load_balancer
      policy          = jsonencode({ Version = "2012-10-17", Statement = local.load_balancer_statements })
    }
    cluster-autoscaler = {
      description     = "Scales the node groups"
      namespace       = "kube-system"
      service_account = var.controllers.cluster_autoscaler
      policy          = jsonencode({ Version = "2012-10-17", Statement = local.cluster_autoscaler_statements })
    }
    karpenter = {
      description     = "Starts and ends spot nodes"
      namespace       = "kube-system"
      service_account = var.controllers.karpenter
      policy          = jsonencode({ Version = "2012-10-17", Statement = local.karpenter_statements })
    }
  }
}

locals {
  # EC2 uses the key in the name of whoever makes a volume or starts a node.
  volume_key_statements = [
    {
      Sid      = "UseTheKeyOfVolumes"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
      Resource = [var.volumes_kms_key_arn]
    },
    {
      Sid       = "GrantItToEc2"
      Effect    = "Allow"
      Action    = ["kms:CreateGrant"]
      Resource  = [var.volumes_kms_key_arn]
      Condition = { Bool = { "kms:GrantIsForAWSResource" = "true" } }
    },
  ]

  cluster_autoscaler_statements = [
    {
      Sid    = "Look"
      Effect = "Allow"
      Action = [
        "autoscaling:DescribeAutoScalingGroups",
        "autoscaling:DescribeAutoScalingInstances",
        "autoscaling:DescribeLaunchConfigurations",
        "autoscaling:DescribeScalingActivities",
        "autoscaling:DescribeTags",
        "ec2:DescribeImages",
        "ec2:DescribeInstanceTypes",
        "ec2:DescribeLaunchTemplateVersions",
        "ec2:GetInstanceTypesFromInstanceRequirements",
      ]
      # These actions know no resource.
      Resource = "*"
    },
    {
      Sid      = "ReadNodeGroups"
      Effect   = "Allow"
      Action   = ["eks:DescribeNodegroup"]
      Resource = ["arn:${local.partition}:eks:${local.region}:${local.account}:nodegroup/${var.name}/*"]
    },
    {
      Sid       = "ScaleTheGroupsOfThisCluster"
      Effect    = "Allow"
      Action    = ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"]
      Resource  = ["arn:${local.partition}:autoscaling:${local.region}:${local.account}:autoScalingGroup:*"]
      Condition = { StringEquals = { "aws:ResourceTag/k8s.io/cluster-autoscaler/${var.name}" = "owned" } }
    },
  ]
}
