import { UnknownNodeError } from '../../../lib/capacity/nodes';
import { capacity, type PoolReport } from '../../../lib/capacity/report';
import { cpuNode, gpuNodes } from '../../../lib/platform/nodes';
import type { JsonObject } from '../../../lib/engine';
import { rendered } from '../../support/platform';
import { inBytes, inCores } from '../../support/quantities';
import { container, inPool, rolling, workload } from './objects';

const GIB = 1024 ** 3;

/** For pods there are 3.5 CPU, 13 GiB, 80 GiB of disk and 100 places. */
const SMALL = new Map([['cpu', { cpu: '4', memory: '16Gi' }]]);

const web = workload(
  'Deployment',
  'web',
  { replicas: 3, ...rolling(1) },
  { containers: [container({ cpu: '1', memory: '2Gi' }, { cpu: '2', memory: '4Gi' })] },
);
const tool = workload(
  'Deployment',
  'tool',
  { replicas: 1, ...rolling(0) },
  { containers: [container({ cpu: '2', memory: '1Gi' }, { cpu: '2', memory: '9Gi' })] },
);

function only(pools: readonly PoolReport[]): PoolReport {
  const [pool, ...others] = pools;
  if (pool === undefined || others.length > 0) throw new Error('not one pool');
  return pool;
}

test('pods are added up and packed, with the surge of an upgrade beside them', () => {
  const { pool, node, least, most } = only(capacity([web, tool], SMALL));
  expect(pool).toBe('cpu');
  expect(node.allocatable).toEqual({
    cpu: 3500,
    memory: 13 * GIB,
    'ephemeral-storage': 80 * GIB,
    pods: 100,
  });
  // tool and a web on one node, two webs on the other; the fourth web goes beside these.
  expect(least).toEqual({
    pods: 4,
    nodes: 2,
    atLeast: 2,
    requests: { cpu: 5000, memory: 7 * GIB, pods: 4 },
    limits: { cpu: 8000, memory: 21 * GIB },
    used: { cpu: 5 / 7, memory: 7 / 26, pods: 4 / 200 },
    overCommit: { cpu: 8 / 7, memory: 21 / 26 },
    upgrade: { pods: 5, nodes: 2, atLeast: 2, requests: { cpu: 6000, memory: 9 * GIB, pods: 5 } },
  });
  expect(most).toEqual(least);
});

test('the autoscaler decides about the least and the most', () => {
  const scaler = {
    kind: 'HorizontalPodAutoscaler',
    spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 3, maxReplicas: 9 },
  };
  const { least, most } = only(capacity([web, scaler], SMALL));
  expect([least.pods, least.nodes, least.upgrade.nodes]).toEqual([3, 1, 2]);
  expect([most.pods, most.nodes, most.upgrade.nodes]).toEqual([9, 3, 4]);
});

test('each pool has nodes of its own, those without GPUs first', () => {
  const gpu = workload(
    'Deployment',
    'model',
    { replicas: 3, ...rolling(0) },
    {
      ...inPool('big', 'a100'),
      containers: [container({ cpu: '4', 'nvidia.com/gpu': 4 })],
    },
  );
  const pools = capacity([gpu, web], new Map());
  expect(pools.map(({ pool, gpuType, node, least }) => [pool, gpuType, node.instance, least.nodes])).toEqual([
    ['cpu', undefined, cpuNode.instance, 1],
    ['big', 'a100', gpuNodes.a100.instance, 2],
  ]);
});

test('a pod that no node can take is told with what it asks for too much of', () => {
  const { least, tooLarge } = only(capacity([web], new Map([['cpu', { cpu: '1', memory: '16Gi' }]])));
  expect(tooLarge).toEqual([{ name: 'Deployment/web', asks: { cpu: 1000 }, has: { cpu: 500 } }]);
  expect([least.pods, least.nodes, least.atLeast]).toEqual([3, 0, 0]);
  expect(least.overCommit).toEqual({});
});

test('pods without a limit, and those that prefer much memory, are named', () => {
  const free = workload('Deployment', 'free', rolling(0), { containers: [container({ cpu: '1' }, {})] });
  expect(only(capacity([free, web], SMALL)).unlimited).toEqual({
    cpu: ['Deployment/free'],
    memory: ['Deployment/free'],
  });
});

test('a type of GPU that the table does not have needs a size', () => {
  const pod = { ...inPool('new', 'b200'), containers: [container({ 'nvidia.com/gpu': 2 })] };
  const model = workload('Deployment', 'model', rolling(0), pod);
  expect(() => capacity([model], new Map())).toThrow(UnknownNodeError);
  const given = new Map([['new', { cpu: '32', memory: '256Gi', gpus: '2' }]]);
  expect(only(capacity([model], given)).least.nodes).toBe(1);
});

test.each([cpuNode, ...Object.values(gpuNodes)])(
  '$instance has room after its reserve',
  ({ size, reserve }) => {
    expect(Object.keys(size)).toEqual(expect.arrayContaining(Object.keys(reserve)));
    for (const [resource, amount] of Object.entries(reserve))
      expect(inBytes(size[resource])).toBeGreaterThan(inBytes(amount));
  },
);

describe.each(Object.entries(rendered))('%s', (_environment, platform) => {
  const pools = capacity(
    platform.objects.map((object) => object as unknown as JsonObject),
    new Map(),
  );

  test('counts what the objects say, and nothing else', () => {
    const scalers = platform.all('HorizontalPodAutoscaler');
    const running = platform.all('Deployment').map(({ metadata, spec }) => {
      const scaler = scalers.find((other) => other.spec.scaleTargetRef.name === metadata.name);
      const [main] = spec.template.spec.containers;
      const cpu = inCores(main?.resources?.requests?.['cpu']);
      const pods = scaler?.spec.minReplicas ?? spec.replicas ?? 0;
      return { pods, cpu: cpu * pods * 1000 };
    });
    const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
    expect(total(pools.map(({ least }) => least.pods))).toBe(total(running.map(({ pods }) => pods)));
    expect(total(pools.map(({ least }) => least.requests['cpu'] ?? 0))).toBeCloseTo(
      total(running.map(({ cpu }) => cpu)),
    );
  });

  test('every pod fits a node and has limits', () => {
    expect(pools.flatMap(({ tooLarge }) => tooLarge)).toEqual([]);
    expect(pools.map(({ unlimited }) => unlimited)).toEqual(pools.map(() => ({})));
  });
});
