output "vpc_id" {
  description = "Id of the network."
  value       = aws_vpc.this.id
}

output "cidr" {
  description = "IPv4 range of the network."
  value       = aws_vpc.this.cidr_block
}

output "public_subnet_ids" {
  description = "Public subnets by zone."
  value       = { for zone, subnet in aws_subnet.public : zone => subnet.id }
}

output "private_subnet_ids" {
  description = "Private subnets by zone. Known only after their way out exists."
  value       = { for zone, subnet in aws_subnet.private : zone => subnet.id }
  depends_on  = [aws_route.private_nat, aws_route_table_association.private]
}

output "data_subnet_ids" {
  description = "Data subnets by zone."
  value       = { for zone, subnet in aws_subnet.data : zone => subnet.id }
}

output "firewall_subnet_ids" {
  description = "Subnets for the endpoints of a firewall by zone; none without `egress_inspection`."
  value       = { for zone, subnet in aws_subnet.firewall : zone => subnet.id }
}

output "public_cidrs" {
  description = "Ranges of the public subnets by zone: those of load balancers."
  value       = { for zone, subnet in aws_subnet.public : zone => subnet.cidr_block }
}

output "private_cidrs" {
  description = "Ranges of the private subnets by zone: those of the nodes and pods."
  value       = { for zone, subnet in aws_subnet.private : zone => subnet.cidr_block }
}

output "data_cidrs" {
  description = "Ranges of the data subnets by zone."
  value       = { for zone, subnet in aws_subnet.data : zone => subnet.cidr_block }
}

output "nat_route_table_ids" {
  description = "Route tables of the subnets with the NAT gateways by zone, for the way back through a firewall; none without `egress_inspection`."
  value       = { for zone, table in aws_route_table.nat : zone => table.id }
}

output "private_route_table_ids" {
  description = "Route tables of the private subnets by zone, for the default route to a firewall."
  value       = { for zone, table in aws_route_table.private : zone => table.id }
}

output "nat_public_ips" {
  description = "Addresses from which the platform calls out, by zone: what a source may want on its allowlist."
  value       = { for zone, address in aws_eip.nat : zone => address.public_ip }
}

output "s3_endpoint_id" {
  description = "The gateway endpoint of S3, for bucket policies (`aws:SourceVpce`)."
  value       = aws_vpc_endpoint.s3.id
}

output "endpoints_security_group_id" {
  description = "Security group of the interface endpoints."
  value       = aws_security_group.endpoints.id
}
