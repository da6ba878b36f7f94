mock_provider "aws" {
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
  mock_data "aws_region" {
    defaults = { region = "us-east-1" }
  }
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }
}

variables {
  cluster_name = "medkg"
  identities = {
    parser = {
      description     = "Reads documents"
      namespace       = "medkg"
      service_account = "medkg-parser"
      policy          = "{\"Version\":\"2012-10-17\",\"Statement\":[]}"
    }
    ebs-csi = {
      description      = "Makes volumes"
      namespace        = "kube-system"
      service_account  = "ebs-csi-controller-sa"
      managed_policies = ["service-role/AmazonEBSCSIDriverPolicy"]
      of_addon         = true
    }
  }
}

run "by_pod_identity" {
  command = plan

  assert {
    condition = jsondecode(aws_iam_role.this["parser"].assume_role_policy).Statement[0] == {
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Condition = {
        StringEquals = {
          "aws:SourceAccount"                         = "123456789012"
          "aws:RequestTag/kubernetes-namespace"       = "medkg"
          "aws:RequestTag/kubernetes-service-account" = "medkg-parser"
        }
        ArnEquals = { "aws:SourceArn" = "arn:aws:eks:us-east-1:123456789012:cluster/medkg" }
      }
    }
    error_message = "Only this ServiceAccount of this cluster of this account may take the role."
  }

  assert {
    condition     = keys(aws_eks_pod_identity_association.this) == ["parser"]
    error_message = "An add-on associates its own role."
  }

  assert {
    condition     = aws_eks_pod_identity_association.this["parser"].service_account == "medkg-parser" && aws_eks_pod_identity_association.this["parser"].namespace == "medkg"
    error_message = "The association names the ServiceAccount."
  }

  assert {
    condition     = keys(aws_iam_role_policy.this) == ["parser"] && aws_iam_role.this["parser"].name == "medkg-parser"
    error_message = "A role has the policy that it was given."
  }

  assert {
    condition     = aws_iam_role_policy_attachment.this["ebs-csi/service-role/AmazonEBSCSIDriverPolicy"].policy_arn == "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy"
    error_message = "Policies of AWS are attached by their name."
  }
}

run "by_irsa" {
  command = plan
  variables {
    mode        = "irsa"
    oidc_issuer = "oidc.eks.us-east-1.amazonaws.com/id/ABC"
  }

  assert {
    condition = jsondecode(aws_iam_role.this["parser"].assume_role_policy).Statement[0] == {
      Effect    = "Allow"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/ABC" }
      Action    = ["sts:AssumeRoleWithWebIdentity"]
      Condition = {
        StringEquals = {
          "oidc.eks.us-east-1.amazonaws.com/id/ABC:sub" = "system:serviceaccount:medkg:medkg-parser"
          "oidc.eks.us-east-1.amazonaws.com/id/ABC:aud" = "sts.amazonaws.com"
        }
      }
    }
    error_message = "Only this ServiceAccount may take the role."
  }

  assert {
    condition     = length(aws_eks_pod_identity_association.this) == 0
    error_message = "IRSA has no associations."
  }
}

run "refuses" {
  command = plan
  variables {
    mode = "irsa"
    identities = {
      all = { description = "Everybody", namespace = "medkg", service_account = "*" }
    }
  }
  expect_failures = [var.identities, var.oidc_issuer]
}
