locals {
  # GPU pools are node groups like the others, with the labels, taints and machines that follow from the type of GPU.
  gpu_groups = {
    for name, pool in var.gpu_pools : name => {
      instance_types = var.gpu_instance_types[pool.gpu_type]
      ami_type       = "AL2023_x86_64_NVIDIA"
      min_size       = pool.min_size
      max_size       = pool.max_size
      desired_size   = pool.min_size
      zones          = pool.zones
      volume_gib     = pool.volume_gib
      sysctls        = {}
      # Cluster Autoscaler waits for the GPUs of a node that carries this label.
      labels = merge(pool.labels, { "k8s.amazonaws.com/accelerator" = pool.gpu_type })
      taints = pool.taints
    } if contains(keys(var.gpu_instance_types), pool.gpu_type)
  }
  groups = merge(var.node_groups, local.gpu_groups)

  # What a node says of itself, for Cluster Autoscaler while a group has no node that it could look at.
  group_templates = merge(flatten([
    for name, group in local.groups : [
      { for label, value in group.labels : "${name}/label/${label}" => { group = name, key = "label/${label}", value = value } },
      {
        for taint in group.taints : "${name}/taint/${taint.key}" => {
          group = name
          key   = "taint/${taint.key}"
          value = "${taint.value}:${local.effects[taint.effect]}"
        }
      },
    ]
  ])...)
  effects = { NO_SCHEDULE = "NoSchedule", NO_EXECUTE = "NoExecute", PREFER_NO_SCHEDULE = "PreferNoSchedule" }
}

resource "aws_iam_role" "node" {
  name               = "${var.name}-node"
  description        = "Nodes of ${var.name}"
  assume_role_policy = local.node_trust

  tags = { Name = "${var.name}-node" }
}

locals {
  node_trust = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "ec2.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })

  # What the kubelet and Session Manager need. What pods need, the network plug-in's included, is in roles of pods.
  node_policies = ["AmazonEC2ContainerRegistryPullOnly", "AmazonEKSWorkerNodePolicy", "AmazonSSMManagedInstanceCore"]
}

resource "aws_iam_role_policy_attachment" "node" {
  for_each = toset(local.node_policies)

  role       = aws_iam_role.node.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/${each.key}"
}

resource "aws_launch_template" "node" {
  for_each = local.groups

  name                   = "${var.name}-${each.key}"
  description            = "Nodes of the group ${each.key}"
  update_default_version = true

  # EKS joins the node to the cluster; this only adds to what it says.
  user_data = length(each.value.sysctls) == 0 ? null : base64encode(templatefile("${path.module}/user-data.mime.tftpl", { sysctls = each.value.sysctls }))

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_type           = "gp3"
      volume_size           = each.value.volume_gib
      encrypted             = true
      kms_key_id            = var.volumes_kms_key_arn
      delete_on_termination = true
    }
  }

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = "required"
    # Pods are one hop further away than their node: they cannot take its role.
    http_put_response_hop_limit = 1
    instance_metadata_tags      = "disabled"
  }

  monitoring {
    enabled = true
  }

  # Default tags of the provider reach what Terraform makes, and not what a template makes.
  dynamic "tag_specifications" {
    for_each = ["instance", "network-interface", "volume"]
    content {
      resource_type = tag_specifications.value
      tags          = merge(var.tags, { Name = "${var.name}-${each.key}" })
    }
  }

  tags = { Name = "${var.name}-${each.key}" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_eks_node_group" "this" {
  for_each = local.groups

  cluster_name    = aws_eks_cluster.this.name
  node_group_name = each.key
  node_role_arn   = aws_iam_role.node.arn
  version         = var.kubernetes_version
  ami_type        = each.value.ami_type
  capacity_type   = "ON_DEMAND"
  instance_types  = each.value.instance_types
  subnet_ids      = [for zone in(each.value.zones == null ? keys(var.private_subnet_ids) : each.value.zones) : var.private_subnet_ids[zone]]
  labels          = each.value.labels

  launch_template {
    id      = aws_launch_template.node[each.key].id
    version = aws_launch_template.node[each.key].latest_version
  }

  scaling_config {
    min_size     = each.value.min_size
    max_size     = each.value.max_size
    desired_size = each.value.desired_size
  }

  dynamic "taint" {
    for_each = each.value.taints
    content {
      key    = taint.value.key
      value  = taint.value.value
      effect = taint.value.effect
    }
  }

  update_config {
    max_unavailable = 1
  }

  node_repair_config {
    enabled = true
  }

  tags = { Name = "${var.name}-${each.key}" }

  lifecycle {
    # Cluster Autoscaler says how many there are.
    ignore_changes = [scaling_config[0].desired_size]

    precondition {
      condition     = each.value.min_size <= each.value.desired_size && each.value.desired_size <= each.value.max_size && each.value.max_size > 0
      error_message = "Group ${each.key}: min_size <= desired_size <= max_size, and max_size is at least 1."
    }
  }

  depends_on = [
    aws_iam_role_policy_attachment.node,
    aws_eks_addon.before_nodes,
  ]
}

# Tags of a managed node group stay on it; Cluster Autoscaler reads those of the Auto Scaling group behind it.
resource "aws_autoscaling_group_tag" "template" {
  for_each = local.group_templates

  autoscaling_group_name = aws_eks_node_group.this[each.value.group].resources[0].autoscaling_groups[0].name

  tag {
    key                 = "k8s.io/cluster-autoscaler/node-template/${each.value.key}"
    value               = each.value.value
    propagate_at_launch = false
  }
}
