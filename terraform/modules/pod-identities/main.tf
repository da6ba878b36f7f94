data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id

  # Said by its name and not read from the cluster, so that a plan shows who may take which role.
  cluster_arn = "arn:${local.partition}:eks:${data.aws_region.current.region}:${local.account}:cluster/${var.cluster_name}"

  by_pod_identity = {
    for name, identity in var.identities : name => {
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Service = "pods.eks.amazonaws.com" }
        Action    = ["sts:AssumeRole", "sts:TagSession"]
        Condition = {
          StringEquals = {
            "aws:SourceAccount"                         = local.account
            "aws:RequestTag/kubernetes-namespace"       = identity.namespace
            "aws:RequestTag/kubernetes-service-account" = identity.service_account
          }
          ArnEquals = { "aws:SourceArn" = local.cluster_arn }
        }
      }]
    }
  }

  by_oidc = {
    for name, identity in var.identities : name => {
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Principal = { Federated = "arn:${local.partition}:iam::${local.account}:oidc-provider/${var.oidc_issuer}" }
        Action    = ["sts:AssumeRoleWithWebIdentity"]
        Condition = {
          StringEquals = {
            "${var.oidc_issuer}:sub" = "system:serviceaccount:${identity.namespace}:${identity.service_account}"
            "${var.oidc_issuer}:aud" = "sts.amazonaws.com"
          }
        }
      }]
    }
  }

  managed_policies = merge([
    for name, identity in var.identities : {
      for policy in identity.managed_policies : "${name}/${policy}" => { identity = name, policy = policy }
    }
  ]...)
}

resource "aws_iam_role" "this" {
  for_each = var.identities

  name               = "${var.cluster_name}-${each.key}"
  description        = each.value.description
  assume_role_policy = jsonencode(var.mode == "pod-identity" ? local.by_pod_identity[each.key] : local.by_oidc[each.key])

  tags = { Name = "${var.cluster_name}-${each.key}" }
}

resource "aws_iam_role_policy" "this" {
  for_each = { for name, identity in var.identities : name => identity.policy if identity.policy != null }

  name   = each.key
  role   = aws_iam_role.this[each.key].id
  policy = each.value
}

# Policies of AWS that change together with the add-on that they are for.
resource "aws_iam_role_policy_attachment" "this" {
  for_each = local.managed_policies

  role       = aws_iam_role.this[each.value.identity].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/${each.value.policy}"
}

resource "aws_eks_pod_identity_association" "this" {
  for_each = { for name, identity in var.identities : name => identity if var.mode == "pod-identity" && !identity.of_addon }

  cluster_name    = var.cluster_name
  namespace       = each.value.namespace
  service_account = each.value.service_account
  role_arn        = aws_iam_role.this[each.key].arn

  tags = { Name = "${var.cluster_name}-${each.key}" }
}
