output "name" {
  description = "Name of the cluster. Known only after its nodes and add-ons exist."
  value       = aws_eks_cluster.this.name
  depends_on  = [aws_eks_node_group.this, aws_eks_addon.after_nodes]
}

output "arn" {
  description = "ARN of the cluster."
  value       = aws_eks_cluster.this.arn
}

output "endpoint" {
  description = "Address of its API."
  value       = aws_eks_cluster.this.endpoint
}

output "certificate_authority" {
  description = "Certificate of its API, base64."
  value       = aws_eks_cluster.this.certificate_authority[0].data
}

output "version" {
  description = "Version of Kubernetes."
  value       = aws_eks_cluster.this.version
}

output "security_group_id" {
  description = "Security group of the control plane and all nodes: what stores let in."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}

output "oidc_issuer" {
  description = "Issuer of the cluster's tokens, without https://."
  value       = trimprefix(aws_eks_cluster.this.identity[0].oidc[0].issuer, "https://")
}

output "oidc_provider_arn" {
  description = "The provider of IAM for IRSA; null with Pod Identity."
  value       = one(aws_iam_openid_connect_provider.this[*].arn)
}

output "role_arns" {
  description = "Roles of what runs the cluster, by name: vpc-cni, ebs-csi, efs-csi, load-balancer, cluster-autoscaler, karpenter."
  value       = module.identities.role_arns
}

output "node_role_arn" {
  description = "Role of the nodes of the node groups."
  value       = aws_iam_role.node.arn
}

output "node_group_names" {
  description = "Names of the node groups, those of the GPU pools included."
  value       = keys(aws_eks_node_group.this)
}

output "karpenter_queue_name" {
  description = "Queue of interruptions, for Karpenter's settings."
  value       = aws_sqs_queue.interruption.name
}

output "karpenter_instance_profile" {
  description = "Instance profile of Karpenter's nodes, for its EC2NodeClass."
  value       = aws_iam_instance_profile.karpenter_node.name
}
