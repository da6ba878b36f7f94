import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gpuPools } from '../../../lib/platform/pools';
import { factsOf, type Fact, type Root } from '../../../lib/terraform/facts';
import { environmentsWithRoots, factsFiles } from '../../../lib/terraform';
import type { JsonObject } from '../../../lib/engine';
import { ENVIRONMENTS, type Environment } from '../../../lib/platform/environments';
import { containersOf, Platform, records, scopeOf } from '../../support/platform';
import { fits, type Node } from '../../support/scheduler';

const checkout = join(__dirname, '../../..');
const GPUS_ON = { splade: { enabled: true }, qwenEmbedVllm: { enabled: true }, mineru: { enabled: true } };

interface Facts {
  readonly namespace: string;
  readonly release: string;
  readonly service_accounts: Readonly<Record<string, string>>;
  readonly gpu_pools: Readonly<
    Record<
      string,
      {
        readonly gpu_type: string;
        readonly labels: Readonly<Record<string, string>>;
        readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
      }
    >
  >;
  readonly images: Readonly<Record<string, string>>;
  readonly secret_grants: Readonly<Record<string, readonly string[]>>;
  readonly vault: Readonly<Record<string, string>>;
}

/** A release with its facts, as the two roots get them together, and its objects. */
function released(
  environment: Environment,
  overrides: JsonObject = {},
  name = 'medkg',
): {
  facts: Facts;
  platform: Platform;
} {
  const scope = scopeOf(environment, overrides, { name, namespace: `of-${environment}` });
  // The shape is what the tests below look at.
  const facts = { ...factsOf('cloud', scope), ...factsOf('cluster', scope) } as unknown as Facts;
  return { facts, platform: new Platform(scope) };
}

describe.each(ENVIRONMENTS)('%s', (environment) => {
  describe.each([
    ['as it is', {}, 'medkg'],
    ['under a long name', {}, 'a-release-whose-name-is-too-long-for-objects'],
    ['under a name with a dot and a digit', {}, '7.medkg'],
    ['with a name given', { fullnameOverride: 'search' }, 'medkg'],
    [
      'with accounts of others',
      {
        services: {
          api: { serviceAccount: { name: 'theirs' } },
          eval: { serviceAccount: { create: false } },
        },
      },
      'medkg',
    ],
  ] as const)('%s', (_name, overrides, release) => {
    const more = 'services' in overrides ? overrides.services : {};
    const { facts, platform } = released(
      environment,
      { ...overrides, services: { ...GPUS_ON, ...more } },
      release,
    );

    test('names the accounts that the pods run as', () => {
      expect(facts.service_accounts).toEqual(
        Object.fromEntries(records.map(({ name }) => [name, platform.pod(name).spec.serviceAccountName])),
      );
    });

    test('names the release', () => {
      expect([facts.release, facts.namespace]).toEqual([release, `of-${environment}`]);
    });
  });

  test('names accounts of services that are not deployed yet', () => {
    const off = { services: { catalog: { enabled: false } } };
    expect(released(environment, off).facts.service_accounts).toEqual(
      released(environment).facts.service_accounts,
    );
  });

  test('makes nodes that GPU pods fit on, each on its own pool, and no other pod', () => {
    const { facts, platform } = released(environment, { services: GPUS_ON });
    const nodes = Object.entries(facts.gpu_pools).map(([name, pool]) => ({ name, node: nodeOf(pool) }));
    expect(nodes.map(({ name }) => name)).toEqual(gpuPools.map(({ name }) => name).sort());
    for (const { name, component, template } of platform.pods()) {
      const pool = records.find((record) => record.name === component && name.endsWith(component))?.gpu?.pool;
      const found = nodes.filter(({ node }) => fits(template.spec, node)).map((one) => one.name);
      expect([name, found]).toEqual([name, pool === undefined ? [] : [pool]]);
    }
  });

  test('follows the pools of the values', () => {
    const pools = { gpu: { pools: { 'vllm-gpu': { gpuType: 'h100' }, more: { gpuType: 'a10g' } } } };
    const { facts } = released(environment, pools);
    expect(facts.gpu_pools['vllm-gpu']?.labels).toEqual({ gpu: 'true', gpu_type: 'h100' });
    expect(facts.gpu_pools['more']?.taints[0]).toEqual({
      key: 'dedicated',
      value: 'more',
      effect: 'NO_SCHEDULE',
    });
  });

  test('names the images that the pods run, and where a mirror has them from', () => {
    const services = { ...GPUS_ON, splade: { enabled: true, image: { registry: 'registry.example.org' } } };
    const { facts, platform } = released(environment, { services });
    expect(new Set(Object.values(facts.images))).toEqual(imagesOf(platform));
    const mirror = '123456789012.dkr.ecr.us-east-1.amazonaws.com/mirror';
    const mirrored = released(environment, { services, global: { imageRegistry: mirror } });
    expect(new Set(Object.keys(mirrored.facts.images).map((name) => `${mirror}/${name}`))).toEqual(
      imagesOf(mirrored.platform),
    );
  });

  test('grants the keys that the pods are given, at the place where the operator looks', () => {
    const { facts, platform } = released(environment, {
      secrets: { backend: 'externalSecrets' },
      services: GPUS_ON,
    });
    const { vault } = facts;
    const fetched = records.flatMap(({ name }) => {
      const secret = platform.maybe('ExternalSecret', name);
      if (secret === undefined) return [];
      expect(platform.one('SecretStore', name).spec.provider.vault).toMatchObject({
        path: vault['kv_mount'],
        auth: {
          kubernetes: {
            mountPath: vault['auth_mount'],
            role: `${String(vault['role_prefix'])}${name}`,
            serviceAccountRef: { name: facts.service_accounts[name], audiences: [vault['audience']] },
          },
        },
      });
      const refs = secret.spec.data.map(({ remoteRef }) => remoteRef);
      expect(refs.map(({ property }) => property)).toEqual(refs.map(() => vault['field']));
      const folder = `${String(vault['folder'])}/`;
      return [[name, refs.map(({ key }) => (key.startsWith(folder) ? key.slice(folder.length) : key))]];
    });
    expect(facts.secret_grants).toEqual(Object.fromEntries(fetched));
  });
});

test.each(environmentsWithRoots(checkout))('%s is committed as it is made', (environment) => {
  const scope = scopeOf(environment, {}, committedRelease(environment));
  for (const [file, text] of factsFiles(environment, scope)) {
    const committed = readFileSync(join(checkout, file), 'utf8');
    if (committed !== text)
      throw new Error(`${file} is stale: write it again with medkg terraform-facts --env ${environment}`);
  }
});

/** The images of all pods, those of hooks and tests included, without their versions. */
function imagesOf(platform: Platform): Set<string> {
  return new Set(
    platform
      .pods()
      .flatMap(({ template }) => containersOf(template).map(({ image }) => image.replace(/[:@][^/]*$/, ''))),
  );
}

/** A checkout may be for a release of another name. */
function committedRelease(environment: Environment): { name: string; namespace: string } {
  const file = join(checkout, `terraform/environments/${environment}/cluster/platform.auto.tfvars.json`);
  const { release, namespace } = JSON.parse(readFileSync(file, 'utf8')) as {
    release: string;
    namespace: string;
  };
  return { name: release, namespace };
}

/** A node of a node group, whose taints Kubernetes spells in its own way. */
function nodeOf({ labels, taints }: Facts['gpu_pools'][string]): Node {
  return {
    labels,
    taints: taints.map((taint) => {
      expect(taint.effect).toBe('NO_SCHEDULE');
      return { ...taint, effect: 'NoSchedule' };
    }),
    gpus: 8,
  };
}

test('each root gets the variables that it declares, and no others', () => {
  const scope = scopeOf('prod');
  const given = (root: Root): Fact[] => Object.keys(factsOf(root, scope)) as Fact[];
  expect(given('cloud')).toEqual([
    'namespace',
    'release',
    'service_accounts',
    'gpu_pools',
    'egress_hosts',
    'images',
    'topics',
    'aws_access',
  ]);
  expect(given('cluster')).toEqual([
    'namespace',
    'release',
    'service_accounts',
    'gpu_pools',
    'secret_grants',
    'vault',
  ]);
});

test('topics and hosts have the shapes that the roots declare', () => {
  const { egress_hosts: hosts, topics, aws_access: access } = factsOf('cloud', scopeOf('prod'));
  expect(hosts).toContainEqual({ host: 'clinicaltrials.gov', purpose: 'application', port: 443 });
  expect(hosts).toContainEqual({ host: 'hooks.slack.com', purpose: 'operations', port: 443 });
  expect(topics).toMatchObject({
    'ingest.requests.v1': { partitions: 6, retention_ms: 604800000, compression: 'lz4' },
    'audit.events.v1': { partitions: 3, retention_ms: 2592000000, compression: 'lz4' },
  });
  expect(access).toMatchObject({ mineru: { reads_buckets: ['artifacts'], writes_buckets: ['artifacts'] } });
  expect(access).not.toHaveProperty('splade');
});
