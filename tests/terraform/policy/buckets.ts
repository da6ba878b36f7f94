import { at, items, texts, type Json, type Plan, type Resource } from '../support/plan';
import { statements } from '../support/policies';
import { PROD, type Rule } from './rule';

const BOOTSTRAP = 'bootstrap';

/** The resource of a type that is about this bucket. */
function companion(bucket: Resource, type: string, plan: Plan): Resource | undefined {
  return plan
    .of(type)
    .find(({ values }) => values.bucket === bucket.values.id || values.bucket === bucket.values.bucket);
}

export const versionedBuckets: Rule = {
  name: 'buckets keep versions',
  judges: (plan) => plan.of('aws_s3_bucket'),
  problem: (bucket, plan) => {
    const versioning = companion(bucket, 'aws_s3_bucket_versioning', plan);
    const status = at(versioning?.values ?? null, 'versioning_configuration.0.status');
    return status === 'Enabled' ? undefined : 'what is overwritten is lost';
  },
  mutation: {
    root: BOOTSTRAP,
    file: 'bootstrap/main.tf',
    from: 'status = "Enabled"\n  }\n}\n\nresource "aws_s3_bucket_server_side',
    to: 'status = "Suspended"\n  }\n}\n\nresource "aws_s3_bucket_server_side',
    finds: 'aws_s3_bucket.state',
  },
};

export const closedBuckets: Rule = {
  name: 'buckets are closed to the public',
  judges: (plan) => plan.of('aws_s3_bucket'),
  problem: (bucket, plan) => {
    const block = companion(bucket, 'aws_s3_bucket_public_access_block', plan)?.values ?? {};
    const sides = [
      'block_public_acls',
      'block_public_policy',
      'ignore_public_acls',
      'restrict_public_buckets',
    ];
    const open = sides.filter((side) => block[side] !== true);
    return open.length === 0 ? undefined : `not set: ${open.join(', ')}`;
  },
  mutation: {
    root: BOOTSTRAP,
    file: 'bootstrap/main.tf',
    from: 'restrict_public_buckets = true',
    to: 'restrict_public_buckets = false',
    finds: 'aws_s3_bucket.state',
  },
};

/** The one exception: Elastic Load Balancing writes its access log with SSE-S3 alone. */
const LOAD_BALANCER_LOGS = /^module\.edge(\[0\])?\.aws_s3_bucket\.load_balancer_logs$/;

export const encryptedBuckets: Rule = {
  name: 'buckets encrypt with a key of ours, but the log of the load balancer',
  judges: (plan) => plan.of('aws_s3_bucket').filter(({ address }) => !LOAD_BALANCER_LOGS.test(address)),
  problem: (bucket, plan) => {
    const encryption = companion(bucket, 'aws_s3_bucket_server_side_encryption_configuration', plan);
    const rules = items(encryption?.values.rule).map(
      (rule) => at(rule, 'apply_server_side_encryption_by_default.0') ?? null,
    );
    const good = rules.every(
      (rule) => at(rule, 'sse_algorithm') === 'aws:kms' && at(rule, 'kms_master_key_id') !== undefined,
    );
    return rules.length > 0 && good ? undefined : 'it encrypts with no key, or with one of AWS';
  },
  mutation: {
    root: BOOTSTRAP,
    file: 'bootstrap/main.tf',
    from: '      sse_algorithm     = "aws:kms"\n      kms_master_key_id = module.key.arn',
    to: '      sse_algorithm     = "AES256"',
    finds: 'aws_s3_bucket.state',
  },
};

export const bucketsByTls: Rule = {
  name: 'buckets answer by TLS alone',
  judges: (plan) => plan.of('aws_s3_bucket'),
  problem: (bucket, plan) => {
    const policy = companion(bucket, 'aws_s3_bucket_policy', plan);
    const denial = statements(plan).some(
      ({ resource, allows, conditions }) =>
        resource.address === policy?.address &&
        !allows &&
        at(conditions, 'Bool.aws:SecureTransport') === 'false',
    );
    return denial ? undefined : 'its policy does not deny plain HTTP';
  },
  mutation: {
    root: BOOTSTRAP,
    file: 'bootstrap/main.tf',
    from: '{ Bool = { "aws:SecureTransport" = "false" } }',
    to: '{ Bool = { "aws:SecureTransport" = "true" } }',
    finds: 'aws_s3_bucket.state',
  },
};

/** What a rule of a lifecycle is about; where nobody says, it is everything. */
function reachOf(rule: Json): string {
  const [prefix = ''] = texts(at(rule, 'filter.0.and.0.prefix') ?? at(rule, 'filter.0.prefix'));
  // The stand-in makes up what nobody says.
  return /^prefix-[0-9a-f]{12}$/.test(prefix) ? '' : prefix;
}

/** Snapshots of OpenSearch share files: an old one may belong to the newest snapshot. */
export const snapshotsStay: Rule = {
  name: 'nothing that OpenSearch wrote (os/) expires or moves',
  judges: (plan) =>
    plan
      .of('aws_s3_bucket')
      .filter(({ values }) => at(values, 'tags.Purpose') === 'snapshots')
      .flatMap((bucket) => companion(bucket, 'aws_s3_bucket_lifecycle_configuration', plan) ?? []),
  problem: ({ values }) => {
    const reaching = items(values.rule).filter((rule) => {
      const reach = reachOf(rule);
      return 'os/'.startsWith(reach) || reach.startsWith('os/');
    });
    return reaching.length === 0
      ? undefined
      : `reached by ${reaching.flatMap((rule) => texts(at(rule, 'id'))).join(', ')}`;
  },
  mutation: {
    root: PROD,
    file: 'modules/s3/lifecycle.tf',
    from: 'bucket.purpose == "snapshots" ? local.neo4j : ""',
    to: 'bucket.purpose == "snapshots" ? "" : ""',
    finds: 'module.s3.aws_s3_bucket_lifecycle_configuration.this["snapshots"]',
  },
};
