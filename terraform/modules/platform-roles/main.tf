# Roles of the platform's own services, each with what the platform says that it asks of AWS (aws_access), and of the jobs
# around it (operations.tf).

module "identities" {
  source = "../pod-identities"

  cluster_name = var.cluster_name
  mode         = var.identity_mode
  oidc_issuer  = var.oidc_issuer

  identities = merge(
    {
      for service, access in var.aws_access : service => {
        description     = "Service ${service} of the platform"
        namespace       = var.namespace
        service_account = var.service_accounts[service]
        policy          = jsonencode({ Version = "2012-10-17", Statement = local.service_statements[service] })
      } if length(local.service_statements[service]) > 0
    },
    {
      for job, role in local.operations : job => {
        description     = role.description
        namespace       = role.namespace
        service_account = role.service_account
        policy          = jsonencode({ Version = "2012-10-17", Statement = role.statements })
      }
    },
  )
}

locals {
  # Without brokers that ask for IAM, topics need no rights of AWS.
  brokers = var.kafka != null
  topic   = local.brokers ? replace(var.kafka.cluster_arn, ":cluster/", ":topic/") : ""
  group   = local.brokers ? replace(var.kafka.cluster_arn, ":cluster/", ":group/") : ""

  service_statements = {
    for service, access in var.aws_access : service => concat(
      local.bucket_statements[service],
      local.topic_statements[service],
    )
  }

  bucket_statements = {
    for service, access in var.aws_access : service => concat(
      length(access.reads_buckets) == 0 ? [] : [
        {
          Sid      = "ListBuckets"
          Effect   = "Allow"
          Action   = ["s3:GetBucketLocation", "s3:ListBucket"]
          Resource = [for bucket in access.reads_buckets : var.buckets[bucket].arn]
        },
        {
          Sid      = "ReadObjects"
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:GetObjectAttributes"]
          Resource = [for bucket in access.reads_buckets : "${var.buckets[bucket].arn}/*"]
        },
        {
          Sid      = "Decrypt"
          Effect   = "Allow"
          Action   = ["kms:Decrypt"]
          Resource = distinct([for bucket in access.reads_buckets : var.buckets[bucket].kms_key_arn])
        },
      ],
      length(access.writes_buckets) == 0 ? [] : [
        {
          Sid      = "WriteObjects"
          Effect   = "Allow"
          Action   = ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"]
          Resource = [for bucket in access.writes_buckets : "${var.buckets[bucket].arn}/*"]
        },
        {
          # A multipart upload decrypts what it has put together.
          Sid      = "Encrypt"
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource = distinct([for bucket in access.writes_buckets : var.buckets[bucket].kms_key_arn])
        },
      ],
    )
  }

  topic_statements = {
    for service, access in var.aws_access : service => !local.brokers ? [] : concat(
      length(concat(access.reads_topics, access.writes_topics)) == 0 ? [] : [
        {
          Sid      = "Connect"
          Effect   = "Allow"
          Action   = concat(["kafka-cluster:Connect", "kafka-cluster:DescribeCluster"], length(access.writes_topics) == 0 ? [] : ["kafka-cluster:WriteDataIdempotently"])
          Resource = [var.kafka.cluster_arn]
        },
      ],
      length(access.reads_topics) == 0 ? [] : [
        {
          Sid      = "ReadTopics"
          Effect   = "Allow"
          Action   = ["kafka-cluster:DescribeTopic", "kafka-cluster:DescribeTopicDynamicConfiguration", "kafka-cluster:ReadData"]
          Resource = [for topic in access.reads_topics : "${local.topic}/${topic}"]
        },
        {
          Sid      = "ReadAsAGroup"
          Effect   = "Allow"
          Action   = ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"]
          Resource = ["${local.group}/${service}", "${local.group}/${service}-*"]
        },
      ],
      length(access.writes_topics) == 0 ? [] : [
        {
          Sid      = "WriteTopics"
          Effect   = "Allow"
          Action   = ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"]
          Resource = [for topic in access.writes_topics : "${local.topic}/${topic}"]
        },
      ],
    )
  }
}
