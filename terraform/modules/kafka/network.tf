locals {
  # What clients ask for: messages with a login by IAM, and what the brokers measure.
  ports = {
    iam          = { port = 9098, what = "Messages" }
    jmx-metrics  = { port = 11001, what = "Metrics of Kafka" }
    node-metrics = { port = 11002, what = "Metrics of the machine" }
  }

  doors = merge([
    for client, group in var.client_security_group_ids : {
      for door, it in local.ports : "${client}/${door}" => merge(it, { client = client, group = group })
    }
  ]...)
}

resource "aws_security_group" "this" {
  name        = "${var.name}-kafka"
  description = "Brokers of ${var.name}: messages and metrics for their clients, and nothing out"
  vpc_id      = var.vpc_id

  tags = { Name = "${var.name}-kafka" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each = local.doors

  security_group_id            = aws_security_group.this.id
  description                  = "${each.value.what} for ${each.value.client}"
  referenced_security_group_id = each.value.group
  ip_protocol                  = "tcp"
  from_port                    = each.value.port
  to_port                      = each.value.port

  tags = { Name = "${var.name}-kafka-${replace(each.key, "/", "-")}" }
}
