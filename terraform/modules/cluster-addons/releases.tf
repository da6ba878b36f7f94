locals {
  # With Pod Identity the accounts carry nothing.
  role_annotations = {
    for name, arn in var.role_arns : name => var.identity_mode == "irsa" ? { "eks.amazonaws.com/role-arn" = arn } : {}
  }

  effects = { NO_SCHEDULE = "NoSchedule", NO_EXECUTE = "NoExecute", PREFER_NO_SCHEDULE = "PreferNoSchedule" }
  # The taints of the pools and of their spot nodes, and no others: a node that is being taken away is left alone.
  gpu_tolerations = concat(
    [
      for taint in distinct(flatten([for pool in values(var.gpu_pools) : pool.taints])) : {
        key = taint.key, operator = "Equal", value = taint.value, effect = local.effects[taint.effect]
      }
    ],
    local.karpenter ? [{ key = "spot", operator = "Equal", value = "true", effect = "NoSchedule" }] : [],
  )
  gpu_nodes = { gpu = "true" }

  releases = {
    load-balancer-controller = {
      repository = "https://aws.github.io/eks-charts"
      chart      = "aws-load-balancer-controller"
      namespace  = "kube-system"
      values = {
        fullnameOverride = "aws-load-balancer-controller"
        clusterName      = var.cluster.name
        # Said, and not asked of the metadata of the node: pods cannot reach that.
        region              = var.region
        vpcId               = var.cluster.vpc_id
        replicaCount        = 2
        podDisruptionBudget = { maxUnavailable = 1 }
        serviceAccount      = { create = true, name = "aws-load-balancer-controller", annotations = local.role_annotations["load-balancer"] }
        # It would stand in the way of every Service of the cluster while the controller is away.
        enableServiceMutatorWebhook = false
        # Its role has no rights in Shield and in the old WAF, and it would ask both for every load balancer. The web ACL is one
        # of WAFv2.
        enableShield = false
        enableWaf    = false
        enableWafv2  = true
        resources    = { requests = { cpu = "100m", memory = "256Mi" }, limits = { memory = "256Mi" } }
      }
    }

    cluster-autoscaler = {
      repository = "https://kubernetes.github.io/autoscaler"
      chart      = "cluster-autoscaler"
      namespace  = "kube-system"
      values = {
        fullnameOverride = "cluster-autoscaler"
        awsRegion        = var.region
        autoDiscovery    = { clusterName = var.cluster.name }
        replicaCount     = 2
        rbac             = { serviceAccount = { create = true, name = "cluster-autoscaler", annotations = local.role_annotations["cluster-autoscaler"] } }
        extraArgs = {
          expander = "least-waste"
          # A GPU node that is idle goes after half an hour.
          scale-down-unneeded-time         = "30m"
          scale-down-utilization-threshold = "0.4"
          # Each GPU node has pods of DaemonSets; they keep no node.
          ignore-daemonsets-utilization = true
          skip-nodes-with-system-pods   = false
          balance-similar-node-groups   = true
        }
        resources = { requests = { cpu = "100m", memory = "512Mi" }, limits = { memory = "512Mi" } }
      }
    }

    external-secrets = {
      repository = "https://charts.external-secrets.io"
      chart      = "external-secrets"
      namespace  = "external-secrets"
      values = {
        replicaCount        = 2
        leaderElect         = true
        podDisruptionBudget = { enabled = true, minAvailable = 1 }
        webhook             = { replicaCount = 2, podDisruptionBudget = { enabled = true, minAvailable = 1 } }
        # The platform has a store for each service; one for the whole cluster would read what any of them may.
        processClusterStore          = false
        processClusterExternalSecret = false
        processClusterPushSecret     = false
        crds = {
          createClusterSecretStore    = false
          createClusterExternalSecret = false
          createClusterPushSecret     = false
        }
        resources = { requests = { cpu = "50m", memory = "256Mi" }, limits = { memory = "256Mi" } }
      }
    }

    nvidia-device-plugin = {
      repository = "https://nvidia.github.io/k8s-device-plugin"
      chart      = "nvidia-device-plugin"
      namespace  = "kube-system"
      values = {
        # The chart asks for labels that only feature discovery sets; our nodes carry this one from their birth.
        affinity     = null
        nodeSelector = local.gpu_nodes
        tolerations  = local.gpu_tolerations
      }
    }

    dcgm-exporter = {
      repository = "https://nvidia.github.io/dcgm-exporter/helm-charts"
      chart      = "dcgm-exporter"
      namespace  = "kube-system"
      values = {
        nodeSelector = local.gpu_nodes
        tolerations  = local.gpu_tolerations
        # Otherwise Prometheus renames the labels that say which pod uses a GPU.
        serviceMonitor = { enabled = var.service_monitors != null, interval = "15s", honorLabels = true, additionalLabels = var.service_monitors == null ? {} : var.service_monitors }
        resources      = { requests = { cpu = "100m", memory = "512Mi" }, limits = { memory = "512Mi" } }
      }
    }

    metrics-server = {
      repository = "https://kubernetes-sigs.github.io/metrics-server"
      chart      = "metrics-server"
      namespace  = "kube-system"
      values = {
        replicas            = 2
        podDisruptionBudget = { enabled = true, minAvailable = 1 }
        resources           = { requests = { cpu = "100m", memory = "200Mi" }, limits = { memory = "200Mi" } }
      }
    }
  }
}
