locals {
  # The add-ons that call AWS, and the identity that each of them has.
  addon_identities = {
    vpc-cni            = { identity = "vpc-cni", service_account = "aws-node" }
    aws-ebs-csi-driver = { identity = "ebs-csi", service_account = "ebs-csi-controller-sa" }
    aws-efs-csi-driver = { identity = "efs-csi", service_account = "efs-csi-controller-sa" }
  }

  # Left to itself, vpc-cni takes NetworkPolicies and does nothing about them. It wants the word, not the truth value.
  configurations = {
    for name, addon in var.addons : name => name != "vpc-cni" || !var.enforce_network_policies ? addon.configuration : jsonencode(merge(
      addon.configuration == null ? {} : jsondecode(addon.configuration),
      { enableNetworkPolicy = "true" },
    ))
  }

  # A node is not ready without the first of these; the others need a node.
  addons_before_nodes = { for name, addon in var.addons : name => addon if contains(["vpc-cni", "kube-proxy", "eks-pod-identity-agent"], name) }
  addons_after_nodes  = { for name, addon in var.addons : name => addon if !contains(keys(local.addons_before_nodes), name) }
}

resource "aws_eks_addon" "before_nodes" {
  for_each = local.addons_before_nodes

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = each.value.version
  configuration_values        = local.configurations[each.key]
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
  service_account_role_arn    = var.identity_mode == "irsa" && contains(keys(local.addon_identities), each.key) ? module.identities.role_arns[local.addon_identities[each.key].identity] : null

  dynamic "pod_identity_association" {
    for_each = { for name, identity in local.addon_identities : name => identity if name == each.key && var.identity_mode == "pod-identity" }
    content {
      role_arn        = module.identities.role_arns[pod_identity_association.value.identity]
      service_account = pod_identity_association.value.service_account
    }
  }

  tags = { Name = "${var.name}-${each.key}" }
}

resource "aws_eks_addon" "after_nodes" {
  for_each = local.addons_after_nodes

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = each.value.version
  configuration_values        = local.configurations[each.key]
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"
  service_account_role_arn    = var.identity_mode == "irsa" && contains(keys(local.addon_identities), each.key) ? module.identities.role_arns[local.addon_identities[each.key].identity] : null

  dynamic "pod_identity_association" {
    for_each = { for name, identity in local.addon_identities : name => identity if name == each.key && var.identity_mode == "pod-identity" }
    content {
      role_arn        = module.identities.role_arns[pod_identity_association.value.identity]
      service_account = pod_identity_association.value.service_account
    }
  }

  tags = { Name = "${var.name}-${each.key}" }

  depends_on = [aws_eks_node_group.this]
}
