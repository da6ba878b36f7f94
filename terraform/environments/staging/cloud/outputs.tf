output "region" {
  description = "Region of everything here."
  value       = var.region
}

output "cluster_name" {
  description = "Name of the cluster: aws eks update-kubeconfig --name NAME."
  value       = module.eks.name
}

output "cluster" {
  description = "What the root `cluster` needs of the cluster."
  value = {
    name                       = module.eks.name
    endpoint                   = module.eks.endpoint
    certificate_authority      = module.eks.certificate_authority
    vpc_id                     = module.vpc.vpc_id
    karpenter_queue_name       = module.eks.karpenter_queue_name
    karpenter_instance_profile = module.eks.karpenter_instance_profile
    role_arns                  = module.eks.role_arns
  }
}

output "cluster_security_group_id" {
  description = "Security group of the nodes."
  value       = module.eks.security_group_id
}

output "vpc_id" {
  description = "The network."
  value       = module.vpc.vpc_id
}

output "vpc_cidr" {
  description = "Range of the network, for the network policies of the chart."
  value       = module.vpc.cidr
}

output "nat_public_ips" {
  description = "Addresses from which the platform calls out, for the allowlists of others."
  value       = module.vpc.nat_public_ips
}
