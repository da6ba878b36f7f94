import { gpuPools } from '../../../lib/platform/pools';
import {
  brokenPaths,
  containersOf,
  forService,
  records,
  render,
  rendered,
  variants,
} from '../../support/platform';
import { fits, type Node } from '../../support/scheduler';

const GPU_TAINT = { key: 'nvidia.com/gpu', value: 'present', effect: 'NoSchedule' };

function gpuNode(pool: string, gpuType: string): Node {
  return {
    labels: { gpu: 'true', gpu_type: gpuType, pool },
    taints: [{ key: 'dedicated', value: pool, effect: 'NoSchedule' }, GPU_TAINT],
    gpus: 8,
  };
}

/** Nodes as the pools make them, and nodes as mistakes make them. */
const GPU_NODES = gpuPools.map(({ name, gpuType }) => ({ name, node: gpuNode(name, gpuType) }));
const UNTAINTED = GPU_NODES.map(({ name, node }) => ({
  name: `${name} without taints`,
  node: { ...node, taints: [] },
}));
const CPU_NODES: { name: string; node: Node }[] = [
  { name: 'a plain node', node: { labels: {}, taints: [], gpus: 0 } },
  { name: 'a node that says that it has no GPU', node: { labels: { gpu: 'false' }, taints: [], gpus: 0 } },
  { name: 'a node with a GPU that no pool knows', node: { labels: {}, taints: [], gpus: 8 } },
  { name: 'a node with much memory', node: { labels: { memory: 'high' }, taints: [], gpus: 0 } },
];

const names = (nodes: { name: string; node: Node }[], spec: Parameters<typeof fits>[0]): string[] =>
  nodes.filter(({ node }) => fits(spec, node)).map(({ name }) => name);

test('the scheduler of the tests knows selectors, taints and GPUs', () => {
  const [node] = GPU_NODES;
  const spec = { containers: [] };
  expect(fits(spec, (CPU_NODES[0] as (typeof CPU_NODES)[0]).node)).toBe(true);
  expect(fits(spec, (node as (typeof GPU_NODES)[0]).node)).toBe(false);
  expect(fits({ ...spec, tolerations: [{ operator: 'Exists' }] }, (node as (typeof GPU_NODES)[0]).node)).toBe(
    true,
  );
  expect(fits({ ...spec, nodeSelector: { gpu: 'true' } }, (CPU_NODES[0] as (typeof CPU_NODES)[0]).node)).toBe(
    false,
  );
});

describe.each(variants)('%s', (_variant, platform) => {
  test('a GPU pod runs on its own pool and nowhere else', () => {
    for (const { name, template } of platform.pods().filter(needsGpu)) {
      const pool = template.spec.tolerations?.find(({ key }) => key === 'dedicated')?.value;
      expect([name, names(GPU_NODES, template.spec)]).toEqual([name, [pool]]);
      expect([name, names(CPU_NODES, template.spec)]).toEqual([name, []]);
    }
  });

  test('every other pod runs on nodes without GPUs, even where the taints are missing', () => {
    for (const { name, template } of platform.pods().filter((pod) => !needsGpu(pod))) {
      expect([name, names([...GPU_NODES, ...UNTAINTED], template.spec)]).toEqual([name, []]);
      expect([name, names(CPU_NODES, template.spec)]).toEqual([name, CPU_NODES.map((node) => node.name)]);
    }
  });
});

test.each(
  records.filter(({ gpu }) => gpu?.pool !== undefined).map((record) => [record.name, record.gpu?.pool]),
)('%s runs in %s', (name, pool) => {
  expect(names(GPU_NODES, rendered.prod.pod(name).spec)).toEqual([pool]);
});

test('extract runs in a pool if a value names one', () => {
  expect(names(CPU_NODES, rendered.prod.pod('extract').spec)).toHaveLength(CPU_NODES.length);
  expect(
    names(
      GPU_NODES,
      render('prod', forService('extract', { gpu: { pool: 'vllm-gpu' } })).pod('extract').spec,
    ),
  ).toEqual(['vllm-gpu']);
});

test('a pool may be of another type, or another pool be named', () => {
  const h100 = render('prod', { gpu: { pools: { 'vllm-gpu': { gpuType: 'h100' } } } }).pod(
    'qwen-embed-vllm',
  ).spec;
  expect(fits(h100, gpuNode('vllm-gpu', 'h100'))).toBe(true);
  expect(fits(h100, gpuNode('vllm-gpu', 'a100'))).toBe(false);
  const other = render('prod', {
    gpu: { pools: { big: { gpuType: 'h100' } } },
    ...forService('mineru', { gpu: { pool: 'big' } }),
  }).pod('mineru').spec;
  expect(fits(other, gpuNode('big', 'h100'))).toBe(true);
  expect(names(GPU_NODES, other)).toEqual([]);
});

test('a pool that the table does not have is refused', () => {
  expect(brokenPaths('prod', forService('mineru', { gpu: { pool: 'nowhere' } }))).toEqual([
    'services.mineru.gpu.pool',
  ]);
});

test.each(records.filter(({ prefersHighMemory }) => prefersHighMemory).map(({ name }) => [name]))(
  '%s prefers nodes with much memory',
  (name) => {
    const preferred =
      rendered.prod.pod(name).spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ??
      [];
    expect(preferred.map(({ preference }) => preference)).toEqual([
      { matchExpressions: [{ key: 'memory', operator: 'In', values: ['high'] }] },
    ]);
  },
);

function needsGpu({ template }: { template: Parameters<typeof containersOf>[0] }): boolean {
  return containersOf(template).some(({ resources }) => resources?.limits?.['nvidia.com/gpu'] !== undefined);
}
