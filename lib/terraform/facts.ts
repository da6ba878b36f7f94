import { scopeOf } from '../charts/scope';
import { VAULT_FIELD } from '../charts/pod/secrets';
import { serviceAccountName } from '../charts/service-account';
import { awsAccess } from '../platform/aws';
import { egressHosts } from '../platform/egress';
import { gpuNode, type Taint } from '../platform/pools';
import { services, type Service } from '../platform/services';
import { retentionMilliseconds, TOPIC_COMPRESSION, topics } from '../platform/topics';
import type { EvaluationScope, Json, JsonObject } from '../engine';
import { evaluate, expressionOf } from '../engine/renderers';
import type { Values } from '../umbrella';

/** What Terraform has to know of the platform, by the name of the variable that takes it. */
const facts = {
  namespace: ({ release }) => release.namespace,
  release: ({ release }) => release.name,
  service_accounts: (scope) =>
    Object.fromEntries(services.map((record) => [record.name, accountOf(record, scope)])),
  gpu_pools: (scope) => {
    // In an order that no override changes.
    const pools = Object.entries(valuesOf(scope).gpu.pools).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(pools.map(([name, { gpuType }]) => [name, pool(name, gpuType)]));
  },
  egress_hosts: () => egressHosts.map(({ host, purpose, port }) => ({ host, purpose, port })),
  images: (scope) => {
    const { image: ours, services: byService, tests } = valuesOf(scope);
    const images = [...Object.values(byService).map(({ image }) => image), tests.image].map(
      ({ registry, repository }) =>
        registry === ''
          ? { registry: ours.registry, repository: `${ours.repositoryPrefix}${repository}` }
          : { registry, repository },
    );
    const sources = images.map(({ registry, repository }): [string, string] => [
      repository,
      `${registry}/${repository}`,
    ]);
    return Object.fromEntries(sources.sort(([a], [b]) => (a < b ? -1 : 1)));
  },
  topics: () =>
    Object.fromEntries(
      topics.map((topic) => [
        topic.name,
        {
          partitions: topic.partitions,
          retention_ms: retentionMilliseconds(topic),
          compression: TOPIC_COMPRESSION,
        },
      ]),
    ),
  aws_access: () =>
    Object.fromEntries(
      services.flatMap(({ name }) => {
        const access = awsAccess(name);
        if (access === undefined) return [];
        return [
          [
            name,
            {
              reads_buckets: [...access.readsBuckets],
              writes_buckets: [...access.writesBuckets],
              reads_topics: [...access.readsTopics],
              writes_topics: [...access.writesTopics],
            },
          ],
        ];
      }),
    ),
  secret_grants: () =>
    Object.fromEntries(
      services.flatMap(({ name, secrets }) => (secrets.length === 0 ? [] : [[name, [...secrets]]])),
    ),
  vault: (scope) => {
    const { mount, rolePrefix, path, key, audience } = valuesOf(scope).secrets.vault;
    return {
      auth_mount: mount,
      role_prefix: rolePrefix,
      kv_mount: path,
      folder: key,
      field: VAULT_FIELD,
      audience,
    };
  },
} satisfies Readonly<Record<string, (scope: EvaluationScope) => Json>>;

/** The name of a variable. */
export type Fact = keyof typeof facts;

/** The roots of an environment, and the variables that each declares: what one does not use, it does not get. */
export const ROOTS: Readonly<Record<'cloud' | 'cluster', readonly Fact[]>> = {
  cloud: [
    'namespace',
    'release',
    'service_accounts',
    'gpu_pools',
    'egress_hosts',
    'images',
    'topics',
    'aws_access',
  ],
  cluster: ['namespace', 'release', 'service_accounts', 'gpu_pools', 'secret_grants', 'vault'],
};

/** The name of a root. */
export type Root = keyof typeof ROOTS;

/** What a root is given, for one release. */
export function factsOf(root: Root, scope: EvaluationScope): JsonObject {
  return Object.fromEntries(ROOTS[root].map((name) => [name, facts[name](scope)]));
}

/** The account of a service as its pods name it, whether or not the environment deploys the service today. */
function accountOf(record: Service, scope: EvaluationScope): Json {
  return evaluate(expressionOf(serviceAccountName(scopeOf(record))), scope) ?? null;
}

/** The values, which were validated before anybody asks for facts. */
function valuesOf(scope: EvaluationScope): Values {
  return scope.values as unknown as Values;
}

const EFFECTS: Readonly<Record<Taint['effect'], string>> = { NoSchedule: 'NO_SCHEDULE' };

/** A pool with what its nodes carry; a node group spells effects in its own way. */
function pool(name: string, gpuType: string): JsonObject {
  const { labels, taints } = gpuNode(name, gpuType);
  return {
    gpu_type: gpuType,
    labels,
    taints: taints.map(({ key, value, effect }) => ({ key, value, effect: EFFECTS[effect] })),
  };
}
