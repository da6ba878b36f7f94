# The way out and the way back lead through the same endpoint, that of the zone.

locals {
  # A firewall of one zone has one endpoint.
  endpoints = { for zone, firewall in aws_networkfirewall_firewall.this : zone => one(one(firewall.firewall_status).sync_states).attachment[0].endpoint_id }
}

resource "aws_route" "out" {
  for_each = var.zones

  route_table_id         = each.value.private_route_table_id
  destination_cidr_block = "0.0.0.0/0"
  vpc_endpoint_id        = local.endpoints[each.key]
}

# More specific than the network's own route, which would lead past the firewall.
resource "aws_route" "back" {
  for_each = var.zones

  route_table_id         = each.value.nat_route_table_id
  destination_cidr_block = each.value.private_cidr
  vpc_endpoint_id        = local.endpoints[each.key]
}
