import { texts, type Plan, type Resource } from '../support/plan';
import { statements, type Statement } from '../support/policies';
import { PROD, type Rule } from './rule';

function having(plan: Plan, wanted: (statement: Statement) => boolean): readonly Resource[] {
  return [
    ...new Set(
      statements(plan)
        .filter(wanted)
        .map(({ resource }) => resource),
    ),
  ];
}

/** Says which statements of a resource break something. */
function broken(
  resource: Resource,
  plan: Plan,
  breaks: (statement: Statement) => boolean,
): string | undefined {
  const found = statements(plan).filter((statement) => statement.resource === resource && breaks(statement));
  return found.length === 0
    ? undefined
    : found.map(({ sid, actions }) => sid || actions.join(' ')).join(', ');
}

export const namedActions: Rule = {
  name: 'what is allowed is named: no action with a wildcard',
  judges: (plan) => having(plan, ({ allows }) => allows),
  problem: (resource, plan) =>
    broken(
      resource,
      plan,
      ({ allows, inverted, actions }) => allows && (inverted || actions.some((a) => a.includes('*'))),
    ),
  mutation: {
    root: PROD,
    file: 'modules/eks/identities.tf',
    from: '"autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"',
    to: '"autoscaling:*"',
    finds: 'module.eks.module.identities.aws_iam_role_policy.this["cluster-autoscaler"]',
  },
};

/** What an API offers on no resource, or on all: looking around. */
const LOOKS = /^[a-z0-9-]+:(Describe|List|Get)[A-Za-z]*$/;
/** Policies that hang on what they are about: there * is the thing itself. */
const OF_ITSELF = ['aws_kms_key', 'aws_vpc_endpoint'];

export const namedResources: Rule = {
  name: 'roles change what is named: the resource * is for looking only',
  judges: (plan) => having(plan, ({ allows }) => allows).filter(({ type }) => !OF_ITSELF.includes(type)),
  problem: (resource, plan) =>
    broken(
      resource,
      plan,
      ({ allows, targets, actions }) =>
        allows && targets.includes('*') && !actions.every((action) => LOOKS.test(action)),
    ),
  mutation: {
    root: PROD,
    file: 'modules/eks/policy-karpenter.tf',
    from: 'Resource  = ["arn:${local.partition}:iam::${local.account}:role/${var.name}-karpenter-node"]',
    to: 'Resource  = ["*"]',
    finds: 'module.eks.module.identities.aws_iam_role_policy.this["karpenter"]',
  },
};

export const namedPrincipals: Rule = {
  name: 'nothing is allowed to everybody',
  judges: (plan) =>
    having(plan, ({ principals }) => principals.length > 0).filter(({ type }) => type !== 'aws_vpc_endpoint'),
  problem: (resource, plan) =>
    broken(
      resource,
      plan,
      ({ allows, principals, conditions }) =>
        allows && principals.includes('*') && Object.keys(conditions).length === 0,
    ),
  mutation: {
    root: PROD,
    file: 'modules/kms-key/main.tf',
    from: `        Sid       = "UseAsPoliciesOfTheAccountAllow"
        Effect    = "Allow"
        Principal = { AWS = local.account }`,
    to: `        Sid       = "UseAsPoliciesOfTheAccountAllow"
        Effect    = "Allow"
        Principal = { AWS = "*" }`,
    finds: 'module.key["logs"].aws_kms_key.this',
  },
};

export const oneServiceAccount: Rule = {
  name: 'a role of pods is for one ServiceAccount',
  judges: (plan) =>
    having(
      plan,
      ({ principals, actions }) =>
        principals.includes('pods.eks.amazonaws.com') || actions.includes('sts:AssumeRoleWithWebIdentity'),
    ),
  problem: (resource, plan) =>
    broken(resource, plan, ({ conditions }) => {
      const text = JSON.stringify(conditions.StringEquals ?? {});
      return !/kubernetes-service-account":"[^"*]+"|:sub":"system:serviceaccount:[^"*]+"/.test(text);
    }),
  mutation: {
    root: PROD,
    file: 'modules/pod-identities/main.tf',
    from: '            "aws:RequestTag/kubernetes-service-account" = identity.service_account\n',
    to: '',
    finds: 'module.eks.module.identities.aws_iam_role.this["vpc-cni"]',
  },
};

/** What asks AWS for something, by the end of the name of its role. */
const ASK = [
  ...['ingest', 'parser', 'mineru'],
  ...[
    'snapshots',
    'neo4j-backup',
    'external-secrets',
    'airflow-tasks',
    'airflow-logs',
    'airflow-log-reader',
    'vault-unseal',
    'secret-rotation',
  ],
  ...['load-balancer', 'ebs-csi', 'efs-csi', 'cluster-autoscaler', 'karpenter'],
];

export const roleForEach: Rule = {
  name: 'whatever needs AWS has a role of its own',
  judges: (plan) => plan.of('aws_eks_cluster'),
  problem: ({ values }, plan) => {
    const roles = plan.of('aws_iam_role').map((role) => role.values.name);
    const [cluster = ''] = texts(values.name);
    const missing = ASK.filter((one) => !roles.includes(`${cluster}-${one}`));
    return missing.length === 0 ? undefined : `no role for ${missing.join(', ')}`;
  },
  mutation: {
    root: PROD,
    file: 'environments/prod/cloud/roles.tf',
    from: `  secret_rotation = {
    secret_arns  = [module.neo4j.admin_secret_arn]
    kms_key_arns = [module.key["credentials"].arn]
  }
`,
    to: '',
    finds: 'module.eks.aws_eks_cluster.this',
  },
};
