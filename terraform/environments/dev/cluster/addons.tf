module "addons" {
  source = "../../../modules/cluster-addons"

  region           = var.cluster.region
  cluster          = var.cluster
  identity_mode    = var.cluster.identity_mode
  role_arns        = var.cluster.role_arns
  gpu_pools        = var.gpu_pools
  service_monitors = var.service_monitors
  tags             = local.tags

  # No spot nodes: a backfill of dev takes the GPU pool.
  addons = ["load-balancer-controller", "cluster-autoscaler", "external-secrets", "nvidia-device-plugin", "dcgm-exporter", "metrics-server"]
}
