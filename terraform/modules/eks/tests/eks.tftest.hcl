mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws", dns_suffix = "amazonaws.com" }
  }
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
}

variables {
  name               = "medkg"
  tags               = { Environment = "test" }
  kubernetes_version = "1.36"
  vpc_id             = "vpc-1"
  vpc_cidr           = "10.0.0.0/16"
  private_subnet_ids = { us-east-1a = "subnet-a", us-east-1b = "subnet-b", us-east-1c = "subnet-c" }

  secrets_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/secrets"
  volumes_kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/volumes"
  logs_kms_key_arn    = "arn:aws:kms:us-east-1:123456789012:key/logs"
  queue_kms_key_arn   = "arn:aws:kms:us-east-1:123456789012:key/queue"

  access_entries = {
    operators  = { principal_arn = "arn:aws:iam::123456789012:role/operators", policies = ["AmazonEKSClusterAdminPolicy"] }
    developers = { principal_arn = "arn:aws:iam::123456789012:role/developers", policies = ["AmazonEKSViewPolicy"], namespaces = ["medkg"] }
  }

  addons = {
    vpc-cni                = { version = "v1.22.4-eksbuild.3" }
    kube-proxy             = { version = "v1.36.0-eksbuild.21" }
    coredns                = { version = "v1.14.3-eksbuild.16" }
    eks-pod-identity-agent = { version = "v1.3.10-eksbuild.3" }
    aws-ebs-csi-driver     = { version = "v1.63.1-eksbuild.1" }
  }

  node_groups = {
    general     = { instance_types = ["m7i.2xlarge"], min_size = 3, desired_size = 3, max_size = 12 }
    high-memory = { instance_types = ["r7i.4xlarge"], min_size = 3, desired_size = 3, max_size = 6, labels = { memory = "high" }, sysctls = { "vm.max_map_count" = "262144" } }
  }

  gpu_pools = {
    vllm-gpu = {
      gpu_type = "a100"
      labels   = { gpu = "true", gpu_type = "a100" }
      taints   = [{ key = "dedicated", value = "vllm-gpu", effect = "NO_SCHEDULE" }, { key = "nvidia.com/gpu", value = "present", effect = "NO_SCHEDULE" }]
      max_size = 4
      zones    = ["us-east-1b"]
    }
  }
}

run "a_closed_cluster" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "The API answers inside of the network alone."
  }

  assert {
    condition     = aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == var.secrets_kms_key_arn && aws_eks_cluster.this.encryption_config[0].resources == toset(["secrets"])
    error_message = "Secrets are encrypted with the key for secrets."
  }

  assert {
    condition     = length(aws_eks_cluster.this.enabled_cluster_log_types) == 5 && aws_cloudwatch_log_group.cluster.kms_key_id == var.logs_kms_key_arn
    error_message = "The control plane logs everything, encrypted."
  }

  assert {
    condition     = aws_eks_cluster.this.access_config[0].authentication_mode == "API" && !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions
    error_message = "Access is by entries alone, and its creator has none."
  }

  assert {
    condition     = aws_eks_access_policy_association.this["operators/AmazonEKSClusterAdminPolicy"].access_scope[0].type == "cluster" && aws_eks_access_policy_association.this["developers/AmazonEKSViewPolicy"].access_scope[0].namespaces == toset(["medkg"])
    error_message = "Policies hold in all namespaces or in those that were named."
  }

  assert {
    condition     = keys(aws_eks_addon.before_nodes) == ["eks-pod-identity-agent", "kube-proxy", "vpc-cni"] && keys(aws_eks_addon.after_nodes) == ["aws-ebs-csi-driver", "coredns"]
    error_message = "What nodes need is there before them, and what needs nodes comes after them."
  }

  assert {
    condition     = one(aws_eks_addon.before_nodes["vpc-cni"].pod_identity_association).service_account == "aws-node" && length(aws_iam_openid_connect_provider.this) == 0
    error_message = "Add-ons get their roles by Pod Identity."
  }

  assert {
    condition     = aws_sqs_queue.interruption.kms_master_key_id == var.queue_kms_key_arn && length(aws_cloudwatch_event_rule.interruption) == 4
    error_message = "Karpenter hears of interruptions by an encrypted queue."
  }

  assert {
    condition     = jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values) == { enableNetworkPolicy = "true" } && local.configurations["kube-proxy"] == null
    error_message = "NetworkPolicies are enforced."
  }

  assert {
    condition     = aws_security_group.api.vpc_id == "vpc-1" && length(aws_vpc_security_group_ingress_rule.api) == 0
    error_message = "Nobody but the nodes reaches the API unless somebody is named."
  }

  assert {
    condition = one([for statement in local.karpenter_statements : statement.Resource if statement.Sid == "LookForInstanceProfiles"]) == "*" && (
      one([for statement in local.karpenter_statements : statement.Action if statement.Sid == "LookForInstanceProfiles"]) == ["iam:ListInstanceProfiles"]
    )
    error_message = "Karpenter may look for instance profiles that it left behind."
  }
}

run "a_queue_that_hears_of_interruptions" {
  command = plan
  override_resource {
    target          = aws_sqs_queue.interruption
    override_during = plan
    values          = { arn = "arn:aws:sqs:us-east-1:123456789012:medkg-karpenter-interruption", url = "https://sqs.us-east-1.amazonaws.com/123456789012/medkg-karpenter-interruption" }
  }

  assert {
    condition = jsondecode(aws_sqs_queue_policy.interruption.policy).Statement[0] == {
      Sid       = "EventsOfTheseRules"
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = ["sqs:SendMessage"]
      Resource  = ["arn:aws:sqs:us-east-1:123456789012:medkg-karpenter-interruption"]
      Condition = { ArnEquals = { "aws:SourceArn" = [for rule in aws_cloudwatch_event_rule.interruption : "arn:aws:events:us-east-1:123456789012:rule/${rule.name}"] } }
    }
    error_message = "The rules of this cluster write to its queue, and no others."
  }
}

run "on_private_ways" {
  command = plan
  variables {
    private_access_cidrs = ["10.8.0.0/22"]
    addons = {
      vpc-cni                = { version = "v1.22.4-eksbuild.3", configuration = "{\"env\":{\"WARM_IP_TARGET\":\"5\"}}" }
      kube-proxy             = { version = "v1.36.0-eksbuild.21" }
      coredns                = { version = "v1.14.3-eksbuild.16", configuration = "{\"replicaCount\":3}" }
      eks-pod-identity-agent = { version = "v1.3.10-eksbuild.3" }
    }
  }

  assert {
    condition     = [for rule in aws_vpc_security_group_ingress_rule.api : "${rule.cidr_ipv4} ${rule.ip_protocol} ${rule.from_port}-${rule.to_port}"] == ["10.8.0.0/22 tcp 443-443"]
    error_message = "Who is named reaches the API by HTTPS, and nothing else."
  }

  assert {
    condition     = jsondecode(aws_eks_addon.before_nodes["vpc-cni"].configuration_values) == { env = { WARM_IP_TARGET = "5" }, enableNetworkPolicy = "true" } && jsondecode(aws_eks_addon.after_nodes["coredns"].configuration_values) == { replicaCount = 3 }
    error_message = "What is configured stays, beside the enforcement of NetworkPolicies."
  }
}

run "with_another_enforcer" {
  command = plan
  variables { enforce_network_policies = false }

  assert {
    condition     = local.configurations["vpc-cni"] == null
    error_message = "Another plug-in may enforce them."
  }
}

run "nodes" {
  command = plan

  assert {
    condition     = alltrue([for template in aws_launch_template.node : template.metadata_options[0].http_tokens == "required" && template.metadata_options[0].http_put_response_hop_limit == 1])
    error_message = "Metadata is for the node itself, with a token."
  }

  assert {
    condition     = alltrue([for template in aws_launch_template.node : template.block_device_mappings[0].ebs[0].volume_type == "gp3" && template.block_device_mappings[0].ebs[0].kms_key_id == var.volumes_kms_key_arn])
    error_message = "Volumes of nodes are gp3, encrypted with the key for volumes."
  }

  assert {
    condition     = [for specification in aws_launch_template.node["general"].tag_specifications : "${specification.resource_type} ${specification.tags.Environment}"] == ["instance test", "network-interface test", "volume test"]
    error_message = "Nodes, their interfaces and their volumes carry the tags."
  }

  assert {
    condition     = strcontains(base64decode(aws_launch_template.node["high-memory"].user_data), "\nvm.max_map_count = 262144\n") && aws_launch_template.node["general"].user_data == null
    error_message = "Nodes that run OpenSearch have room for its memory maps."
  }

  assert {
    condition     = aws_eks_node_group.this["vllm-gpu"].ami_type == "AL2023_x86_64_NVIDIA" && aws_eks_node_group.this["vllm-gpu"].instance_types == tolist(["p4d.24xlarge"]) && aws_eks_node_group.this["vllm-gpu"].scaling_config[0].min_size == 0
    error_message = "A pool of A100 has the driver, the machines that carry them, and none of them while nothing asks."
  }

  assert {
    condition     = aws_eks_node_group.this["vllm-gpu"].labels == tomap({ gpu = "true", gpu_type = "a100", "k8s.amazonaws.com/accelerator" = "a100" }) && aws_eks_node_group.this["vllm-gpu"].subnet_ids == toset(["subnet-b"])
    error_message = "A pool carries the labels of the platform, in the zones that it has."
  }

  assert {
    condition     = toset([for taint in aws_eks_node_group.this["vllm-gpu"].taint : "${taint.key}=${taint.value}:${taint.effect}"]) == toset(["dedicated=vllm-gpu:NO_SCHEDULE", "nvidia.com/gpu=present:NO_SCHEDULE"])
    error_message = "A pool carries the taints of the platform."
  }

  assert {
    condition     = aws_autoscaling_group_tag.template["vllm-gpu/taint/dedicated"].tag[0].value == "vllm-gpu:NoSchedule" && aws_autoscaling_group_tag.template["vllm-gpu/label/gpu_type"].tag[0].key == "k8s.io/cluster-autoscaler/node-template/label/gpu_type"
    error_message = "Cluster Autoscaler knows what a node of an empty group would carry."
  }
}

run "from_outside_and_by_irsa" {
  command = plan
  variables {
    public_access_cidrs = ["198.51.100.0/24"]
    identity_mode       = "irsa"
  }

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["198.51.100.0/24"])
    error_message = "The API answers the named addresses."
  }

  assert {
    condition     = length(aws_iam_openid_connect_provider.this) == 1 && length(aws_eks_addon.before_nodes["vpc-cni"].pod_identity_association) == 0
    error_message = "With IRSA there is a provider of identities, and no association."
  }
}

run "refuses" {
  command = plan
  variables {
    kubernetes_version  = "1.36.1"
    public_access_cidrs = ["0.0.0.0/0"]
    service_cidr        = "100.64.0.0/16"
    access_entries      = { developers = { principal_arn = "arn:aws:iam::123456789012:role/developers" } }
    addons              = { vpc-cni = { version = "latest" } }
    gpu_pools           = { vllm-gpu = { gpu_type = "mi300", labels = {}, taints = [], max_size = 1 } }
  }
  expect_failures = [
    var.kubernetes_version,
    var.public_access_cidrs,
    var.service_cidr,
    var.access_entries,
    var.addons,
    var.gpu_pools,
  ]
}

run "refuses_services_inside_of_the_network" {
  command = plan
  variables {
    service_cidr = "10.0.128.0/20"
  }
  expect_failures = [var.service_cidr]
}

run "refuses_services_around_the_network" {
  command = plan
  variables {
    service_cidr = "10.0.0.0/12"
  }
  expect_failures = [var.service_cidr]
}

run "takes_services_beside_the_network" {
  command = plan
  variables {
    service_cidr = "10.1.0.0/16"
  }
  assert {
    condition     = aws_eks_cluster.this.kubernetes_network_config[0].service_ipv4_cidr == "10.1.0.0/16"
    error_message = "A range that begins where the network ends is outside of it."
  }
}

run "refuses_groups_without_a_node_and_with_the_name_of_a_pool" {
  command = plan
  variables {
    node_groups = { vllm-gpu = { instance_types = ["m7i.large"], min_size = 0, desired_size = 0, max_size = 1 } }
  }
  expect_failures = [var.node_groups]
}

run "refuses_a_group_of_the_wrong_size" {
  command = plan
  variables {
    node_groups = { general = { instance_types = ["m7i.large"], min_size = 3, desired_size = 2, max_size = 4 } }
  }
  expect_failures = [aws_eks_node_group.this]
}
