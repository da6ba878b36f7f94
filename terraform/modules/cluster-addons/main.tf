# What the platform needs of a cluster and EKS does not bring, each by the chart of its authors, at a version.

resource "helm_release" "this" {
  for_each = { for name, release in local.releases : name => release if contains(var.addons, name) }

  name             = each.key
  repository       = each.value.repository
  chart            = each.value.chart
  version          = var.versions[each.key]
  namespace        = each.value.namespace
  create_namespace = each.value.namespace != "kube-system"
  values           = [yamlencode(each.value.values)]

  # What fails is taken back: a webhook that nobody answers would stop every other release.
  atomic      = true
  timeout     = 600
  max_history = 5
}

# Definitions first, and by themselves: Helm makes those of a chart once and never again.
resource "helm_release" "karpenter_crds" {
  count = local.karpenter ? 1 : 0

  name        = "karpenter-crd"
  repository  = local.karpenter_repository
  chart       = "karpenter-crd"
  version     = var.versions["karpenter"]
  namespace   = "kube-system"
  timeout     = 600
  max_history = 5
}

resource "helm_release" "karpenter" {
  count = local.karpenter ? 1 : 0

  name        = "karpenter"
  repository  = local.karpenter_repository
  chart       = "karpenter"
  version     = var.versions["karpenter"]
  namespace   = "kube-system"
  skip_crds   = true
  values      = [yamlencode(local.karpenter_values)]
  atomic      = true
  timeout     = 600
  max_history = 5

  depends_on = [helm_release.karpenter_crds]
}

# Objects of a kind that the cluster does not know yet cannot be planned one by one: this chart of ours holds them.
resource "helm_release" "spot_pools" {
  count = local.karpenter ? 1 : 0

  name        = "spot-pools"
  chart       = "${path.module}/charts/spot-pools"
  namespace   = "kube-system"
  values      = [yamlencode(local.spot_values)]
  timeout     = 600
  max_history = 5

  depends_on = [helm_release.karpenter]
}
