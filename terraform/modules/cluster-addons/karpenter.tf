locals {
  karpenter            = contains(var.addons, "karpenter")
  karpenter_repository = "oci://public.ecr.aws/karpenter"

  karpenter_values = {
    replicas       = 2
    serviceAccount = { name = "karpenter", annotations = local.role_annotations["karpenter"] }
    settings = {
      clusterName       = var.cluster.name
      clusterEndpoint   = var.cluster.endpoint
      interruptionQueue = var.cluster.karpenter_queue_name
    }
    controller = { resources = { requests = { cpu = "500m", memory = "1Gi" }, limits = { memory = "1Gi" } } }
  }

  spot_values = {
    cluster         = var.cluster.name
    instanceProfile = var.cluster.karpenter_instance_profile
    securityGroup   = var.cluster.security_group_id
    kmsKey          = var.cluster.volumes_kms_key_arn
    ami             = var.spot_ami
    tags            = var.tags
    pools = {
      for name, pool in var.spot_pools : name => {
        gpuType   = pool.gpu_type
        maxGpus   = pool.max_gpus
        zones     = pool.zones
        volumeGib = pool.volume_gib
      }
    }
  }
}
