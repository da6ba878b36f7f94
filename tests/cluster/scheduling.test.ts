import type { V1Node, V1Pod } from '@kubernetes/client-node';
import { GPU_NODE_LABEL, HIGH_MEMORY_LABEL } from '../../lib/platform/pools';
import type { ServiceRecord } from '../../lib/platform/model';
import { services } from '../../lib/platform/services';
import { core } from './support/cluster';
import { environments } from './support/environment';
import { eventually } from './support/eventually';
import { helms, Release } from './support/helm';
import { apply, kubectl } from './support/kubectl';
import { makeNamespace, removeNamespace } from './support/namespace';
import { available, COMPONENT, podsIn } from './support/workloads';

const [helm] = helms;
if (helm === undefined) throw new Error('no Helm');

const records = new Map<string, ServiceRecord>(services.map((record) => [record.name, record]));
const componentOf = (pod: V1Pod): string => pod.metadata?.labels?.[COMPONENT] ?? '';
const poolOf = (pod: V1Pod): string | undefined => records.get(componentOf(pod))?.gpu?.pool;

let nodes: ReadonlyMap<string, V1Node>;
let namespace: string;
let release: Release;

const nodeOf = (pod: V1Pod): V1Node | undefined => nodes.get(pod.spec?.nodeName ?? '');
const labelsOf = (pod: V1Pod): Readonly<Record<string, string>> => nodeOf(pod)?.metadata?.labels ?? {};
const zoneOf = (pod: V1Pod): string => labelsOf(pod)['topology.kubernetes.io/zone'] ?? '';

beforeAll(async () => {
  const { items } = await core.listNode();
  nodes = new Map(items.map((node) => [node.metadata?.name ?? '', node]));
});
beforeEach(async () => {
  namespace = await makeNamespace('schedule');
  release = new Release(helm, namespace);
});
afterEach(async () => {
  await kubectl(['uncordon', '--selector', 'group']);
  await release.clean();
  await removeNamespace(namespace);
});

test.each(environments)('%s: each pod is where the model says', async (environment) => {
  await release.install({ environment });
  await available(namespace);
  const pods = await podsIn(namespace);
  const places = pods.map((pod) => ({ component: componentOf(pod), pool: labelsOf(pod)['pool'] }));
  expect(places).toEqual(pods.map((pod) => ({ component: componentOf(pod), pool: poolOf(pod) })));
  expect(pods.filter((pod) => labelsOf(pod)['group'] === 'spot')).toEqual([]);
  const onGpus = pods.filter((pod) => labelsOf(pod)[GPU_NODE_LABEL] === 'true').map(componentOf);
  const gpuServices = services
    .filter((record: ServiceRecord) => record.gpu?.pool !== undefined)
    .map(({ name }) => name);
  expect([...new Set(onGpus)].sort()).toEqual(environment === 'dev' ? [] : [...gpuServices].sort());
});

test('a single embedder runs near much memory', async () => {
  await release.install({ environment: 'staging' });
  await available(namespace);
  const embedders = (await podsIn(namespace)).filter(
    (pod) => records.get(componentOf(pod))?.prefersHighMemory,
  );
  expect(embedders).toHaveLength(2);
  expect(embedders.filter((pod) => labelsOf(pod)[HIGH_MEMORY_LABEL.key] !== HIGH_MEMORY_LABEL.value)).toEqual(
    [],
  );
});

test('replicas spread over zones and hosts', async () => {
  await release.install({
    environment: 'prod',
    overrides: { services: { api: { scaling: { mode: 'fixed', fixed: { replicas: 6 } } } } },
  });
  await available(namespace);
  const api = await podsIn(namespace, `${COMPONENT}=api`);
  const count = (names: readonly string[]): number[] =>
    [...new Set(names)].map((name) => names.filter((other) => other === name).length);
  expect(count(api.map(zoneOf))).toEqual([2, 2, 2]);
  expect(Math.max(...count(api.map(({ spec }) => spec?.nodeName ?? '')))).toBeLessThanOrEqual(2);
});

test('with a zone gone, everything is placed in the others', async () => {
  await kubectl(['cordon', '--selector', 'topology.kubernetes.io/zone=a']);
  await release.install({ environment: 'prod' });
  await available(namespace);
  const zones = new Set((await podsIn(namespace)).map(zoneOf));
  expect([...zones].sort()).toEqual(['b', 'c']);
});

test('with a GPU pool gone, its pods wait, say why, and nothing falls back to CPU', async () => {
  await release.install({ environment: 'prod' });
  await available(namespace);
  await kubectl(['cordon', '--selector', 'pool=vllm-gpu']);
  await kubectl(['delete', 'pod', '--namespace', namespace, '--selector', `${COMPONENT}=qwen-embed-vllm`]);
  await eventually(async () => {
    const pods = await podsIn(namespace, `${COMPONENT}=qwen-embed-vllm`);
    const reasons = pods.map(({ spec, status }) => ({
      node: spec?.nodeName,
      reason: status?.conditions?.find(({ type }) => type === 'PodScheduled')?.message,
    }));
    const waits = {
      node: undefined,
      reason: expect.stringMatching(/nodes are available: .*unschedulable.*untolerated taint.*/) as string,
    };
    expect(reasons).toEqual([waits, waits]);
  });
});

describe('with too little memory', () => {
  const arena = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'arena', labels: { arena: 'yes', 'kubernetes.io/hostname': 'arena', group: 'arena' } },
  };
  const capacity = { cpu: '16', memory: '12Gi', 'ephemeral-storage': '500Gi', pods: '110' };

  beforeEach(() => apply(JSON.stringify({ ...arena, status: { allocatable: capacity, capacity } })));
  afterEach(() => kubectl(['delete', 'node', 'arena']));

  test('what may wait makes room for what answers users', async () => {
    const only = (replicas: { api: number; parser: number }): object => ({
      defaults: { nodeSelector: { arena: 'yes' } },
      hooks: { validateConfiguration: false },
      services: {
        ...Object.fromEntries(
          [
            'ingest',
            'chunker',
            'splade',
            'qwenEmbedVllm',
            'mineru',
            'indexer',
            'extract',
            'eval',
            'catalog',
          ].map((name) => [name, { enabled: false }]),
        ),
        api: {
          scaling: { mode: 'fixed', fixed: { replicas: replicas.api } },
          resources: { requests: { memory: '3Gi' } },
        },
        parser: {
          scaling: { mode: 'fixed', fixed: { replicas: replicas.parser } },
          disruptionBudget: { enabled: false },
        },
      },
    });
    await release.install({ environment: 'prod', overrides: only({ api: 1, parser: 4 }) });
    await release.tryUpgrade(
      { environment: 'prod', overrides: only({ api: 3, parser: 4 }) },
      '--timeout=10s',
    );
    await eventually(async () => {
      const running = (await podsIn(namespace))
        .filter(({ status }) => status?.phase === 'Running')
        .map(componentOf);
      expect(running.sort()).toEqual(['api', 'api', 'api', 'parser']);
    });
  });
});
