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
    region                     = var.region
    identity_mode              = var.identity_mode
    security_group_id          = module.eks.security_group_id
    volumes_kms_key_arn        = module.key["volumes"].arn
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

output "airflow_database" {
  description = "The database of Airflow: address, port, name, and the secret of Secrets Manager with user and password."
  value = {
    address    = module.database.address
    port       = module.database.port
    name       = module.database.database
    secret_arn = module.database.secret_arn
  }
}

output "opensearch_snapshots" {
  description = "What the registration of the repository of snapshots says: bucket, base path and role."
  value = {
    bucket    = module.opensearch.snapshot_bucket
    base_path = module.opensearch.snapshot_base_path
    role_arn  = module.opensearch.snapshot_role_arn
  }
}

output "vpc_id" {
  description = "The network."
  value       = module.vpc.vpc_id
}

output "nat_public_ips" {
  description = "Addresses from which the platform calls out, for the allowlists of others."
  value       = module.vpc.nat_public_ips
}

output "egress_hosts" {
  description = "Hosts that the platform calls: what a filter elsewhere has to let through."
  value       = local.egress_hosts
}

output "image_copies" {
  description = "Which image has to be copied where to, without tags; none without a mirror."
  value       = var.image_mirror ? module.image_mirror[0].copies : {}
}

output "vault_seal_key_arn" {
  description = "The key of Vault's seal, for `seal \"awskms\"` in its configuration."
  value       = module.seal_key.arn
}

# ---- for the chart: medkg values-from-terraform

output "environment" {
  description = "Name of the environment."
  value       = local.environment
}

output "opensearch_url" {
  description = "Address of OpenSearch."
  value       = module.opensearch.url
}

output "kafka_bootstrap_brokers" {
  description = "Brokers of Kafka, with their ports for logins by IAM."
  value       = module.kafka.bootstrap_brokers
}

output "vpc_cidrs" {
  description = "Range of the network."
  value       = [module.vpc.cidr]
}

output "load_balancer_cidrs" {
  description = "Ranges of the public subnets: those of load balancers."
  value       = values(module.vpc.public_cidrs)
}

output "data_cidrs" {
  description = "Ranges of the data subnets: those of stores."
  value       = values(module.vpc.data_cidrs)
}

output "service_role_arns" {
  description = "With IRSA the roles of services, which the chart writes at their ServiceAccounts; none with Pod Identity."
  value       = var.identity_mode == "irsa" ? module.platform_roles.service_role_arns : {}
}

output "sts_cidrs" {
  description = "With IRSA the networks of the endpoint of STS, which pods ask for their roles; none with Pod Identity."
  value       = var.identity_mode == "irsa" ? values(module.vpc.private_cidrs) : []
}

output "api_host" {
  description = "Name under which the api is reached; empty where it has none."
  value       = var.edge == null ? "" : module.edge[0].host
}

output "certificate_arn" {
  description = "Certificate of that name; empty where it has none."
  value       = var.edge == null ? "" : module.edge[0].certificate_arn
}

output "waf_acl_arn" {
  description = "Web ACL in front of the api; empty where it has none."
  value       = var.edge == null ? "" : module.edge[0].web_acl_arn
}

output "load_balancer_security_group_id" {
  description = "Security group of the load balancer of the api; empty where it has none."
  value       = var.edge == null ? "" : module.edge[0].load_balancer_security_group_id
}

output "load_balancer_log_bucket" {
  description = "Bucket for the access log of that load balancer; empty where it has none."
  value       = var.edge == null ? "" : module.edge[0].load_balancer_log_bucket
}

output "image_registry" {
  description = "Registry in the account that the images are mirrored to; empty without a mirror."
  value       = var.image_mirror ? module.image_mirror[0].registry : ""
}

output "artifacts_bucket" {
  description = "Bucket of the artifacts."
  value       = module.s3.buckets["artifacts"].name
}

output "neo4j_uri" {
  description = "Address of Neo4j."
  value       = module.neo4j.uri
}

output "neo4j" {
  description = "Machines and volumes of Neo4j, the secret with its password and the names that its certificate is for."
  value = {
    instance_ids     = module.neo4j.instance_ids
    volume_ids       = module.neo4j.volume_ids
    admin_secret_arn = module.neo4j.admin_secret_arn
    names            = module.neo4j.names
  }
}
