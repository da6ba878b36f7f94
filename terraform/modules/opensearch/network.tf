resource "aws_security_group" "this" {
  name        = "${var.name}-opensearch"
  description = "OpenSearch domain ${var.name}: HTTPS from its clients, and nothing out"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-opensearch" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = var.client_security_group_ids

  security_group_id            = aws_security_group.this.id
  description                  = "HTTPS from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443

  tags = { Name = "${var.name}-opensearch-${each.key}" }
}
