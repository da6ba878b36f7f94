import { DiscoveryV1Api, type V1Endpoint, type V1Pod } from '@kubernetes/client-node';
import { GPU_RESOURCE, gpuPools, HIGH_MEMORY_LABEL } from '../../lib/platform/pools';
import { kubeConfig } from './support/cluster';
import { environments, type Environment } from './support/environment';
import { eventually } from './support/eventually';
import { helms, Release } from './support/helm';
import { kubectl } from './support/kubectl';
import { makeNamespace, removeNamespace } from './support/namespace';
import { addNodes, nodeLabels, removeNodes, restoreNodes, stopNodes } from './support/nodes';
import { componentOf, messagesOf, poolOf, recordOf, records, waitOf, waits } from './support/placement';
import { grown } from './support/replicas';
import { documented } from './support/troubleshooting';
import { deploymentsIn, podsIn } from './support/workloads';
import type { NodeShape } from './support/world';

const [helm] = helms;
if (helm === undefined) throw new Error('no Helm');

const discovery = kubeConfig.makeApiClient(DiscoveryV1Api);
const ZONE = 'topology.kubernetes.io/zone';
const HOST = 'kubernetes.io/hostname';

const releases = new Map<Environment, Release>();
function namespaceOf(environment: Environment): string {
  const release = releases.get(environment);
  if (release === undefined) throw new Error(`${environment} is not installed`);
  return release.namespace;
}

/** Waits until every environment has all of its pods. */
const everybody = (): Promise<unknown> =>
  Promise.all([...releases.values()].map(({ namespace }) => grown(namespace)));

beforeAll(async () => {
  for (const environment of environments)
    releases.set(environment, new Release(helm, await makeNamespace(environment)));
  await Promise.all([...releases].map(([environment, release]) => release.install({ environment })));
  await everybody();
});
afterAll(() =>
  Promise.all(
    [...releases.values()].map(async (release) => {
      await release.clean();
      await removeNamespace(release.namespace);
    }),
  ),
);

/** Pods that are not on nodes of their own pool: GPU pods elsewhere, others on GPU nodes, anybody on a spot node. */
async function misplaced(namespace: string): Promise<string[]> {
  const labels = await nodeLabels();
  return (await podsIn(namespace))
    .filter((pod) => labels(pod)['pool'] !== poolOf(pod) || labels(pod)['group'] === 'spot')
    .map((pod) => `${componentOf(pod)} on ${pod.spec?.nodeName ?? 'no node'}`);
}

describe.each(environments)('%s', (environment) => {
  test('each pod is where the model says', async () => {
    const namespace = namespaceOf(environment);
    // In dev no GPU service is switched on.
    const enabled = records.filter(({ gpu }) => environment !== 'dev' || gpu?.pool === undefined);
    const there = (await podsIn(namespace)).filter((pod) => recordOf(pod) !== undefined).map(componentOf);
    expect([...new Set(there)].sort()).toEqual(enabled.map(({ name }) => name).sort());
    expect(await misplaced(namespace)).toEqual([]);
  });

  test('so was the pod of the hook, which is gone', async () => {
    const namespace = namespaceOf(environment);
    const placed = await messagesOf(namespace, 'Scheduled');
    const there = (await podsIn(namespace)).map(({ metadata }) => `/${metadata?.name ?? ''} `);
    expect(placed.filter((message) => !there.some((name) => message.includes(name)))).toEqual([
      expect.stringMatching(/^Successfully assigned \S*-configuration-check-\w+ to cpu-/),
    ]);
  });
});

test.each(['staging', 'prod'] as const)('%s: embedders run near much memory', async (environment) => {
  const labels = await nodeLabels();
  const embedders = (await podsIn(namespaceOf(environment))).filter(
    (pod) => recordOf(pod)?.prefersHighMemory,
  );
  const memory = embedders.map((pod) => labels(pod)[HIGH_MEMORY_LABEL.key]);
  expect(memory.length).toBeGreaterThanOrEqual(2);
  expect(memory).toEqual(memory.map(() => HIGH_MEMORY_LABEL.value));
});

/** How often each word is there. */
const counts = (words: readonly string[]): number[] =>
  [...new Set(words)].map((word) => words.filter((other) => other === word).length);

test.each(records.filter(({ scaling }) => scaling.minReplicas > 1))(
  'the pods of $name spread over zones and hosts',
  async ({ name, gpu }) => {
    const labels = await nodeLabels();
    const pods = (await podsIn(namespaceOf('prod'))).filter((pod) => componentOf(pod) === name);
    const zones = counts(pods.map((pod) => labels(pod)[ZONE] ?? ''));
    const hosts = counts(pods.map((pod) => labels(pod)[HOST] ?? ''));
    // The pools of GPUs are in two zones.
    expect(zones).toHaveLength(Math.min(gpu?.pool === undefined ? 3 : 2, pods.length));
    expect(Math.max(...zones) - Math.min(...zones)).toBeLessThanOrEqual(1);
    expect(Math.max(...hosts)).toBe(1);
    expect(hosts.length).toBeGreaterThan(1);
  },
);

describe('when nodes go', () => {
  afterEach(async () => {
    await restoreNodes();
    await everybody();
  });

  test.each(['a', 'b', 'c'])('without zone %s everything runs in the others', async (zone) => {
    await stopNodes(`${ZONE}=${zone}`);
    await everybody();
    const labels = await nodeLabels();
    for (const { namespace } of releases.values()) {
      const pods = await podsIn(namespace);
      expect(pods.filter((pod) => labels(pod)[ZONE] === zone).map(componentOf)).toEqual([]);
      expect(await misplaced(namespace)).toEqual([]);
    }
  });

  test('without nodes of much memory, embedders run on the others of their pool', async () => {
    await stopNodes(`${HIGH_MEMORY_LABEL.key}=${HIGH_MEMORY_LABEL.value}`);
    await everybody();
    expect(await misplaced(namespaceOf('prod'))).toEqual([]);
  });

  /** Nodes that a pod without its pool might fall for: much room, and GPUs that no pool knows. */
  const TEMPTING: readonly NodeShape[] = [
    { name: 'tempting-cpu', capacity: { cpu: '256', memory: '4Ti' } },
    { name: 'tempting-gpu', capacity: { cpu: '256', memory: '4Ti', [GPU_RESOURCE]: '16' } },
  ];

  test.each(gpuPools)('without $name its pods wait and say why, and nothing falls back', async ({ name }) => {
    const namespace = namespaceOf('prod');
    const split = async (): Promise<{ ofPool: V1Pod[]; others: string[] }> => {
      const pods = await podsIn(namespace);
      const others = pods.filter((pod) => poolOf(pod) !== name);
      return {
        ofPool: pods.filter((pod) => poolOf(pod) === name),
        others: others
          .map(({ metadata, spec }) => `${metadata?.name ?? ''} on ${spec?.nodeName ?? ''}`)
          .sort(),
      };
    };
    const before = await split();
    const scales = await scalesIn(namespace);
    const service = `medkg-${before.ofPool.map(componentOf)[0] ?? ''}`;
    await eventually(async () => {
      expect(await readyAddresses(namespace, service)).toHaveLength(before.ofPool.length);
    });
    const why = waits(documented('no-gpu-node'));

    await removeNodes(`pool=${name}`);
    await addNodes(TEMPTING);
    // The scheduler tries new pods with the tempting nodes in sight: what it refuses now, it refuses for ever.
    await endPods(namespace, (await split()).ofPool);
    const { others } = await eventually(async () => {
      const now = await split();
      expect(now.ofPool.map(waitOf)).toEqual(before.ofPool.map(() => why));
      for (const { metadata } of now.ofPool)
        expect(await messagesOf(namespace, 'FailedScheduling', metadata?.uid)).toContainEqual(why.message);
      return now;
    });

    await eventually(async () => {
      expect(await readyAddresses(namespace, service)).toEqual([]);
    });
    expect(others).toEqual(before.others);
    expect(await scalesIn(namespace)).toEqual(scales);
  });

  test('without CPU nodes the other pods wait, and none goes to a GPU or a spot node', async () => {
    const namespace = namespaceOf('prod');
    await stopNodes('group in (cpu, cpu-high)');
    await eventually(async () => {
      const pods = (await podsIn(namespace)).filter((pod) => recordOf(pod) !== undefined);
      const without = pods.filter((pod) => poolOf(pod) === undefined);
      expect(without.map(waitOf)).toEqual(without.map(() => waits(documented('no-cpu-node'))));
      expect(without.length).toBeGreaterThan(10);
    });
  });
});

async function endPods(namespace: string, pods: readonly V1Pod[]): Promise<void> {
  const names = pods.map(({ metadata }) => metadata?.name ?? '');
  await kubectl(['delete', 'pod', ...names, '--namespace', namespace, '--ignore-not-found']);
}

async function scalesIn(namespace: string): Promise<object> {
  return (await deploymentsIn(namespace)).map(({ metadata, spec }) => [metadata?.name, spec?.replicas]);
}

/** Where a Service sends its requests. */
async function readyAddresses(namespace: string, name: string): Promise<readonly string[]> {
  const { items } = await discovery.listNamespacedEndpointSlice({
    namespace,
    labelSelector: `kubernetes.io/service-name=${name}`,
  });
  return (
    items
      // An empty slice has null there, which the type does not say.
      .flatMap(({ endpoints }) => (endpoints as V1Endpoint[] | null) ?? [])
      .flatMap(({ addresses, conditions }) => (conditions?.ready === true ? addresses : []))
  );
}

test('a value may ask for spot nodes, and for a pool of GPUs', async () => {
  const spot = {
    nodeSelector: { group: 'spot' },
    tolerations: [{ key: 'spot', operator: 'Equal', value: 'true', effect: 'NoSchedule' }],
  };
  const namespace = namespaceOf('dev');
  const overrides = { services: { ingest: spot, extract: { gpu: { pool: 'vllm-gpu' } } } };
  await releases.get('dev')?.upgrade({ environment: 'dev', overrides });
  await eventually(async () =>
    expect((await misplaced(namespace)).sort()).toEqual([
      expect.stringMatching(/^extract on vllm-gpu/),
      'ingest on spot-a',
    ]),
  );
});
