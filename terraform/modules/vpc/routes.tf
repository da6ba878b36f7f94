# A table a zone, so that each zone has its own way out.

resource "aws_route_table" "public" {
  for_each = var.zones

  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-public-${each.key}" }
}

resource "aws_route_table_association" "public" {
  for_each = var.zones

  subnet_id      = aws_subnet.public[each.key].id
  route_table_id = aws_route_table.public[each.key].id
}

resource "aws_route" "public_internet" {
  for_each = var.zones

  route_table_id         = aws_route_table.public[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

resource "aws_route_table" "private" {
  for_each = var.zones

  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-private-${each.key}" }
}

resource "aws_route_table_association" "private" {
  for_each = var.zones

  subnet_id      = aws_subnet.private[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}

# With a firewall this route belongs to the firewall, which leads it to the endpoint of the zone.
resource "aws_route" "private_nat" {
  for_each = { for zone, nat in local.nat_of : zone => nat if !var.egress_inspection }

  route_table_id         = aws_route_table.private[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[each.value].id
}

resource "aws_route_table" "firewall" {
  for_each = local.firewall_zones

  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-firewall-${each.key}" }
}

resource "aws_route_table_association" "firewall" {
  for_each = local.firewall_zones

  subnet_id      = aws_subnet.firewall[each.key].id
  route_table_id = aws_route_table.firewall[each.key].id
}

resource "aws_route" "firewall_nat" {
  for_each = local.firewall_zones

  route_table_id         = aws_route_table.firewall[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this[local.nat_of[each.key]].id
}

# The firewall adds the way back to the private subnet of the zone.
resource "aws_route_table" "nat" {
  for_each = local.nat_ranges

  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-nat-${each.key}" }
}

resource "aws_route_table_association" "nat" {
  for_each = local.nat_ranges

  subnet_id      = aws_subnet.nat[each.key].id
  route_table_id = aws_route_table.nat[each.key].id
}

resource "aws_route" "nat_internet" {
  for_each = local.nat_ranges

  route_table_id         = aws_route_table.nat[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.this.id
}

# The data subnets know the network and S3, and no way out.
resource "aws_route_table" "data" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${var.name}-data" }
}

resource "aws_route_table_association" "data" {
  for_each = var.zones

  subnet_id      = aws_subnet.data[each.key].id
  route_table_id = aws_route_table.data.id
}
