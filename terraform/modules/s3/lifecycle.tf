# What becomes of objects with time. Snapshots of OpenSearch (os/) share files: one that looks old may belong to the newest
# snapshot. So no rule of the bucket of snapshots reaches os/, not even one for old versions; its 30 days are those of the
# policy of snapshots in OpenSearch.

locals {
  neo4j = "neo4j/"

  # What the rules of a bucket are about; "" is everything.
  reach = { for key, bucket in local.buckets : key => bucket.purpose == "snapshots" ? local.neo4j : "" }

  transitions = {
    artifacts = [
      { days = var.artifact_days.infrequent_access, storage_class = "STANDARD_IA" },
      { days = var.artifact_days.deep_archive, storage_class = "DEEP_ARCHIVE" },
    ]
    # Kept, but hardly ever read: who asks for a record of last year can wait for hours.
    audit = [
      { days = var.artifact_days.infrequent_access, storage_class = "STANDARD_IA" },
      { days = var.artifact_days.deep_archive, storage_class = "DEEP_ARCHIVE" },
    ]
    # A new index reads all embeddings at once, so none goes where it takes hours to come back.
    embeddings = []
    logs       = []
    snapshots  = []
  }

  # A differential backup is worth nothing without its full one. They are told apart by a tag that the backup sets; what
  # has none stays.
  neo4j_expirations = var.neo4j_expiry == null ? {} : {
    full         = var.neo4j_expiry.full_days
    differential = var.neo4j_expiry.differential_days
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  # checkov:skip=CKV_AWS_300: The rule unfinished-uploads aborts them, and leaves os/ alone like all others.
  for_each = local.buckets

  bucket = aws_s3_bucket.this[each.key].id
  region = each.value.region

  # Small objects cost more to move than they save.
  transition_default_minimum_object_size = "all_storage_classes_128K"

  rule {
    id     = "old-versions"
    status = "Enabled"

    filter {
      prefix = local.reach[each.key]
    }
    noncurrent_version_expiration {
      noncurrent_days = var.noncurrent_days
    }
    expiration {
      expired_object_delete_marker = true
    }
  }

  rule {
    id     = "unfinished-uploads"
    status = "Enabled"

    filter {
      prefix = local.reach[each.key]
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }

  dynamic "rule" {
    for_each = length(local.transitions[each.value.purpose]) == 0 ? [] : [local.transitions[each.value.purpose]]
    iterator = transitions

    content {
      id     = "tiers"
      status = "Enabled"

      filter {
        prefix = local.reach[each.key]
      }
      dynamic "transition" {
        for_each = transitions.value
        content {
          days          = transition.value.days
          storage_class = transition.value.storage_class
        }
      }
    }
  }

  dynamic "rule" {
    for_each = each.value.purpose == "logs" ? [var.log_days] : []
    iterator = days

    content {
      id     = "old-logs"
      status = "Enabled"

      filter {
        prefix = local.reach[each.key]
      }
      expiration {
        days = days.value
      }
    }
  }

  dynamic "rule" {
    for_each = each.value.purpose == "snapshots" ? local.neo4j_expirations : {}
    iterator = kind

    content {
      id     = "neo4j-${kind.key}"
      status = "Enabled"

      filter {
        and {
          prefix = local.neo4j
          tags   = { backup = kind.key }
        }
      }
      expiration {
        days = kind.value
      }
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}
