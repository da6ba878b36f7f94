module "addons" {
  source = "../../../modules/cluster-addons"

  region           = var.cluster.region
  cluster          = var.cluster
  identity_mode    = var.cluster.identity_mode
  role_arns        = var.cluster.role_arns
  gpu_pools        = var.gpu_pools
  service_monitors = var.service_monitors
  tags             = local.tags

  spot_ami = var.spot_ami
  spot_pools = {
    backfill-a10g = { gpu_type = "a10g", max_gpus = 8 }
  }
}
