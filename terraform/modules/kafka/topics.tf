# The topics of the platform. Made by the API of AWS, so that whoever applies this needs no way to the brokers.
resource "aws_msk_topic" "this" {
  for_each = var.topics

  cluster_arn        = aws_msk_cluster.this.arn
  name               = each.key
  partition_count    = each.value.partitions
  replication_factor = local.copies

  configs = jsonencode({
    "cleanup.policy"      = "delete"
    "compression.type"    = each.value.compression
    "min.insync.replicas" = tostring(local.written_copies)
    "retention.ms"        = tostring(each.value.retention_ms)
  })

  lifecycle {
    # With a topic go its messages.
    prevent_destroy = true
  }
}
