data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  region    = data.aws_region.current.region
  partition = data.aws_partition.current.partition
  account   = data.aws_caller_identity.current.account_id

  # The zones that have a NAT gateway, and for each zone the one whose NAT gateway it uses.
  nat_zones = var.single_nat_zone == null ? keys(var.zones) : [var.single_nat_zone]
  nat_of    = { for zone in keys(var.zones) : zone => var.single_nat_zone == null ? zone : var.single_nat_zone }

  firewall_zones = { for zone, cidrs in var.zones : zone => cidrs.firewall if var.egress_inspection }
  nat_ranges     = { for zone, cidrs in var.zones : zone => cidrs.nat if var.egress_inspection }
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = var.name }

  lifecycle {
    precondition {
      condition     = length(local.malformed) == 0
      error_message = "These ranges of subnets are no CIDR blocks that begin at their first address: ${join(", ", local.malformed)}."
    }
    precondition {
      condition     = length(local.outside) == 0
      error_message = "These subnets lie outside of the network ${var.cidr}: ${join(", ", local.outside)}."
    }
    precondition {
      condition     = length(local.overlaps) == 0
      error_message = "These subnets overlap: ${join(", ", local.overlaps)}."
    }
  }
}

# What nobody chose a group or a table for gets nowhere.
resource "aws_default_security_group" "this" {
  vpc_id  = aws_vpc.this.id
  ingress = []
  egress  = []

  tags = { Name = "${var.name}-default-closed" }
}

resource "aws_default_route_table" "this" {
  default_route_table_id = aws_vpc.this.default_route_table_id
  route                  = []

  tags = { Name = "${var.name}-default-closed" }
}

# ---- subnets

resource "aws_subnet" "public" {
  for_each = var.zones

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = each.value.public
  map_public_ip_on_launch = false

  tags = {
    Name                     = "${var.name}-public-${each.key}"
    Tier                     = "public"
    "kubernetes.io/role/elb" = "1"
  }
}

resource "aws_subnet" "private" {
  for_each = var.zones

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = each.value.private
  map_public_ip_on_launch = false

  tags = {
    Name                              = "${var.name}-private-${each.key}"
    Tier                              = "private"
    "kubernetes.io/role/internal-elb" = "1"
    "karpenter.sh/discovery"          = var.cluster_name
  }
}

resource "aws_subnet" "data" {
  for_each = var.zones

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = each.value.data
  map_public_ip_on_launch = false

  tags = {
    Name = "${var.name}-data-${each.key}"
    Tier = "data"
  }
}

# Where the endpoints of a network firewall stand: between the private subnets and the NAT gateways.
resource "aws_subnet" "firewall" {
  for_each = local.firewall_zones

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = each.value
  map_public_ip_on_launch = false

  tags = {
    Name = "${var.name}-firewall-${each.key}"
    Tier = "firewall"
  }
}

# NAT gateways behind a firewall stand apart from load balancers: the way back from here leads through the firewall, and what
# load balancers carry would take it in one direction only.
resource "aws_subnet" "nat" {
  for_each = local.nat_ranges

  vpc_id                  = aws_vpc.this.id
  availability_zone       = each.key
  cidr_block              = each.value
  map_public_ip_on_launch = false

  tags = {
    Name = "${var.name}-nat-${each.key}"
    Tier = "nat"
  }
}

# ---- ways out

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = var.name }
}

resource "aws_eip" "nat" {
  # checkov:skip=CKV2_AWS_19: The address belongs to a NAT gateway, and to no instance.
  for_each = toset(local.nat_zones)

  domain = "vpc"

  tags = { Name = "${var.name}-nat-${each.key}" }
}

resource "aws_nat_gateway" "this" {
  for_each = toset(local.nat_zones)

  allocation_id = aws_eip.nat[each.key].id
  subnet_id     = var.egress_inspection ? aws_subnet.nat[each.key].id : aws_subnet.public[each.key].id

  tags = { Name = "${var.name}-${each.key}" }

  depends_on = [aws_internet_gateway.this]
}
