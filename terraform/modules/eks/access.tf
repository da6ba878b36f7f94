# Who may use the API of the cluster. The ConfigMap aws-auth is out of use: authentication_mode is API.

locals {
  access_policies = merge([
    for name, entry in var.access_entries : {
      for policy in entry.policies : "${name}/${policy}" => { entry = name, policy = policy, namespaces = entry.namespaces }
    }
  ]...)
}

resource "aws_eks_access_entry" "this" {
  for_each = var.access_entries

  cluster_name      = aws_eks_cluster.this.name
  principal_arn     = each.value.principal_arn
  kubernetes_groups = each.value.groups

  tags = { Name = each.key }
}

resource "aws_eks_access_policy_association" "this" {
  for_each = local.access_policies

  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_eks_access_entry.this[each.value.entry].principal_arn
  policy_arn    = "arn:${local.partition}:eks::aws:cluster-access-policy/${each.value.policy}"

  access_scope {
    type       = length(each.value.namespaces) > 0 ? "namespace" : "cluster"
    namespaces = each.value.namespaces
  }
}

# Beside the group that EKS makes, which the nodes bear too: this one is about the API alone.
resource "aws_security_group" "api" {
  name        = "${var.name}-api"
  description = "API of the cluster: HTTPS from networks that are named"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-api" }
}

resource "aws_vpc_security_group_ingress_rule" "api" {
  for_each = toset(var.private_access_cidrs)

  security_group_id = aws_security_group.api.id
  description       = "API of the cluster from ${each.key}"
  cidr_ipv4         = each.key
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443

  tags = { Name = "${var.name}-api-${each.key}" }
}

# EKS makes the entries of its own node groups; Karpenter's nodes have one here.
resource "aws_eks_access_entry" "karpenter_nodes" {
  cluster_name  = aws_eks_cluster.this.name
  principal_arn = aws_iam_role.karpenter_node.arn
  type          = "EC2_LINUX"

  tags = { Name = "karpenter-nodes" }
}
