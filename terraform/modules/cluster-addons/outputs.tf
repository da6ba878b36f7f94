output "releases" {
  description = "What is installed, with the version of its chart."
  value = merge(
    { for name, release in helm_release.this : name => release.version },
    local.karpenter ? { karpenter = helm_release.karpenter[0].version } : {},
  )
}
