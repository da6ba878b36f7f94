mock_provider "helm" {}

variables {
  region = "us-east-1"
  cluster = {
    name                       = "medkg-prod"
    endpoint                   = "https://example.eks.amazonaws.com"
    vpc_id                     = "vpc-0123456789abcdef0"
    security_group_id          = "sg-0123456789abcdef0"
    karpenter_queue_name       = "medkg-prod-karpenter-interruption"
    karpenter_instance_profile = "medkg-prod-karpenter-node"
    volumes_kms_key_arn        = "arn:aws:kms:us-east-1:123456789012:key/abc"
  }
  role_arns = {
    load-balancer      = "arn:aws:iam::123456789012:role/medkg-prod-load-balancer"
    cluster-autoscaler = "arn:aws:iam::123456789012:role/medkg-prod-cluster-autoscaler"
    karpenter          = "arn:aws:iam::123456789012:role/medkg-prod-karpenter"
  }
  gpu_pools = {
    mineru-gpu = {
      gpu_type = "a10g"
      labels   = { gpu = "true", gpu_type = "a10g" }
      taints = [
        { key = "dedicated", value = "mineru-gpu", effect = "NO_SCHEDULE" },
        { key = "nvidia.com/gpu", value = "present", effect = "NO_SCHEDULE" },
      ]
    }
    vllm-gpu = {
      gpu_type = "a100"
      labels   = { gpu = "true", gpu_type = "a100" }
      taints = [
        { key = "dedicated", value = "vllm-gpu", effect = "NO_SCHEDULE" },
        { key = "nvidia.com/gpu", value = "present", effect = "NO_SCHEDULE" },
      ]
    }
  }
  spot_pools = { backfill = { gpu_type = "a10g", max_gpus = 4, zones = ["us-east-1a"] } }
  spot_ami   = "al2023@v20260901"
}

run "everything" {
  command = plan

  assert {
    condition     = keys(helm_release.this) == ["cluster-autoscaler", "dcgm-exporter", "external-secrets", "load-balancer-controller", "metrics-server", "nvidia-device-plugin"]
    error_message = "All of them are installed unless somebody says less."
  }

  assert {
    condition     = alltrue([for release in concat(values(helm_release.this), helm_release.karpenter, helm_release.karpenter_crds) : can(regex("^[0-9.]+$", release.version))])
    error_message = "Each chart has a version."
  }

  assert {
    condition     = yamldecode(helm_release.this["cluster-autoscaler"].values[0]).extraArgs["scale-down-unneeded-time"] == "30m"
    error_message = "An idle GPU node goes after 30 minutes."
  }

  assert {
    condition     = toset([for toleration in yamldecode(helm_release.this["nvidia-device-plugin"].values[0]).tolerations : "${toleration.key}=${toleration.value}:${toleration.effect}"]) == toset(["dedicated=mineru-gpu:NoSchedule", "dedicated=vllm-gpu:NoSchedule", "nvidia.com/gpu=present:NoSchedule", "spot=true:NoSchedule"])
    error_message = "The device plugin runs on the nodes of every pool, and of spot."
  }

  assert {
    condition     = yamldecode(helm_release.this["nvidia-device-plugin"].values[0]).tolerations == yamldecode(helm_release.this["dcgm-exporter"].values[0]).tolerations
    error_message = "Where there are GPUs they are measured."
  }

  assert {
    condition     = yamldecode(helm_release.this["nvidia-device-plugin"].values[0]).affinity == null && yamldecode(helm_release.this["nvidia-device-plugin"].values[0]).nodeSelector == { gpu = "true" }
    error_message = "The device plugin looks for our label, and not for one that nothing sets here."
  }

  assert {
    condition = { for key, value in yamldecode(helm_release.this["load-balancer-controller"].values[0]) : key => value if contains(["enableShield", "enableWaf", "enableWafv2"], key) } == {
      enableShield = false
      enableWaf    = false
      enableWafv2  = true
    }
    error_message = "The load balancer controller asks for what its role may do: WAFv2, and neither Shield nor the old WAF."
  }

  assert {
    condition     = yamldecode(helm_release.this["load-balancer-controller"].values[0]).vpcId == "vpc-0123456789abcdef0" && yamldecode(helm_release.this["load-balancer-controller"].values[0]).region == "us-east-1"
    error_message = "The controller cannot ask the metadata of its node."
  }

  assert {
    condition     = yamldecode(helm_release.this["load-balancer-controller"].values[0]).serviceAccount.annotations == {}
    error_message = "Pod Identity needs no annotation."
  }

  assert {
    condition     = yamldecode(helm_release.karpenter[0].values[0]).settings.interruptionQueue == "medkg-prod-karpenter-interruption"
    error_message = "Karpenter hears of spot nodes that AWS takes back."
  }

  assert {
    condition     = yamldecode(helm_release.spot_pools[0].values[0]).pools.backfill == { gpuType = "a10g", maxGpus = 4, zones = ["us-east-1a"], volumeGib = 200 }
    error_message = "The pool is as it was asked for."
  }

  assert {
    condition     = yamldecode(helm_release.this["external-secrets"].values[0]).processClusterStore == false
    error_message = "No store reads for the whole cluster."
  }
}

run "by_irsa" {
  command = plan
  variables {
    identity_mode = "irsa"
  }

  assert {
    condition     = yamldecode(helm_release.karpenter[0].values[0]).serviceAccount.annotations["eks.amazonaws.com/role-arn"] == "arn:aws:iam::123456789012:role/medkg-prod-karpenter"
    error_message = "With IRSA the account carries its role."
  }
}

run "few" {
  command = plan
  variables {
    addons     = ["metrics-server", "nvidia-device-plugin"]
    spot_pools = {}
    spot_ami   = null
  }

  assert {
    condition     = keys(helm_release.this) == ["metrics-server", "nvidia-device-plugin"] && length(helm_release.karpenter) == 0 && length(helm_release.spot_pools) == 0
    error_message = "Only what was asked for is installed."
  }

  assert {
    condition     = !contains([for toleration in yamldecode(helm_release.this["nvidia-device-plugin"].values[0]).tolerations : toleration.key], "spot")
    error_message = "Without Karpenter there are no spot nodes."
  }
}
