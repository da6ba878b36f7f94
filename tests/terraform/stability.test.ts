import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROD } from './policy/rule';
import type { Plan } from './support/plan';
import { Copy } from './support/terraform';

const facts = JSON.parse(
  readFileSync(join(__dirname, `../../terraform/${PROD}/platform.auto.tfvars.json`), 'utf8'),
) as Readonly<
  Record<'gpu_pools' | 'service_accounts' | 'aws_access' | 'images' | 'topics', Record<string, unknown>>
> & {
  readonly egress_hosts: readonly object[];
};

/** One more of each thing that there are several of; its key sorts before all others, where an index would move them. */
const MORE = {
  gpu_pools: {
    'a-gpu': {
      gpu_type: 'h100',
      labels: { gpu: 'true', gpu_type: 'h100' },
      taints: [{ key: 'dedicated', value: 'a-gpu', effect: 'NO_SCHEDULE' }],
    },
    ...facts.gpu_pools,
  },
  gpu_pool_sizes: {
    'a-gpu': { max_size: 1 },
    'mineru-gpu': { max_size: 4 },
    'splade-gpu': { min_size: 2, max_size: 4 },
    'vllm-gpu': { min_size: 1, max_size: 1 },
  },
  service_accounts: { 'a-service': 'medkg-a-service', ...facts.service_accounts },
  aws_access: {
    'a-service': {
      reads_buckets: ['artifacts'],
      writes_buckets: [],
      reads_topics: [],
      writes_topics: [],
    },
    ...facts.aws_access,
  },
  egress_hosts: [{ host: 'a.example.org', purpose: 'application', port: 443 }, ...facts.egress_hosts],
  topics: { 'a.topic': { partitions: 3, retention_ms: 604800000, compression: 'lz4' }, ...facts.topics },
  images: { 'a-service': 'registry.example.org/a-service', ...facts.images },
  access_entries: {
    auditors: { principal_arn: 'arn:aws:iam::123456789012:role/auditors', policies: ['AmazonEKSViewPolicy'] },
    'continuous-delivery': {
      principal_arn: 'arn:aws:iam::123456789012:role/continuous-delivery',
      policies: ['AmazonEKSAdminPolicy'],
      namespaces: ['medkg'],
    },
    operators: {
      principal_arn: 'arn:aws:iam::123456789012:role/platform-operators',
      policies: ['AmazonEKSClusterAdminPolicy'],
    },
  },
};

describe('one more of each thing', () => {
  let plan: Plan;

  beforeAll(() => {
    const copy = new Copy();
    try {
      copy.edit({
        file: `${PROD}/variables.tf`,
        from: '    us-east-1b = {',
        to: '    us-east-1d = { public = "10.60.4.0/24", private = "10.60.128.0/19", data = "10.60.28.0/22", firewall = "10.60.3.48/28", nat = "10.60.3.112/28" }\n    us-east-1b = {',
      });
      plan = copy.plan(PROD, MORE);
    } finally {
      copy.remove();
    }
  });

  test('is made', () => {
    expect(plan.addressesTo('create')).toEqual(
      expect.arrayContaining([
        'module.vpc.aws_subnet.data["us-east-1d"]',
        'module.vpc.aws_nat_gateway.this["us-east-1d"]',
        'module.eks.aws_eks_node_group.this["a-gpu"]',
        'module.eks.aws_eks_access_entry.this["auditors"]',
        'module.platform_roles.module.identities.aws_iam_role.this["a-service"]',
        'module.kafka.aws_msk_topic.this["a.topic"]',
        'module.image_mirror[0].aws_ecr_repository.this["a-service"]',
      ]),
    );
  });

  test('takes nothing away and moves nothing', () => {
    expect(plan.addressesTo('delete')).toEqual([]);
  });

  test('is all that is made', () => {
    const added = plan
      .addressesTo('create')
      .filter((address) => !/"(us-east-1d|a-gpu|a-service|a\.topic|auditors)[/"]/.test(address));
    expect(added).toEqual([]);
  });
});
