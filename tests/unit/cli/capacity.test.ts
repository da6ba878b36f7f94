import { enterCheckout, leaveCheckout, medkg, medkgIn, write } from './support';

let root = '';
beforeAll(() => {
  root = enterCheckout();
});
afterAll(() => leaveCheckout(root));

interface Need {
  readonly pods: number;
  readonly nodes: number;
  readonly requests: Readonly<Record<string, number>>;
}
interface Pool {
  readonly pool: string;
  readonly node: { readonly instance: string; readonly allocatable: Readonly<Record<string, number>> };
  readonly least: Need & { readonly upgrade: Need };
  readonly most: Need;
}

function poolsOf(...args: readonly string[]): readonly Pool[] {
  const { exit, stdout, stderr } = medkg('capacity', '--json', ...args);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  return (JSON.parse(stdout) as { pools: Pool[] }).pools;
}
const poolOf = (name: string, ...args: readonly string[]): Pool | undefined =>
  poolsOf(...args).find(({ pool }) => pool === name);

test('prod needs what its values say, in CPUs and bytes', () => {
  const pools = poolsOf('--env', 'prod');
  expect(pools.map(({ pool }) => pool)).toEqual(['cpu', 'splade-gpu', 'vllm-gpu', 'mineru-gpu']);
  const [cpu] = pools;
  // api 4 × 500m; ingest 2 × 500m; parser, chunker, indexer, extract 2 × 1 each; eval and catalog 500m each.
  expect(cpu?.least).toMatchObject({ pods: 16, nodes: 2, requests: { cpu: 12 } });
  // 20 × 500m; 2 × 500m; 8, 8, 6, 6; 500m each.
  expect(cpu?.most).toMatchObject({ pods: 52, nodes: 6, requests: { cpu: 40 } });
  // One more of each, and the pods of the prefetch, the check and the test: 500m, 100m and 2 × 10m.
  expect(cpu?.least.upgrade).toMatchObject({ pods: 27, nodes: 3, requests: { cpu: 18.62 } });
  expect(cpu?.node.allocatable).toMatchObject({ cpu: 7.5, memory: 29 * 1024 ** 3 });
});

test('dev needs no GPU', () => {
  expect(poolsOf('--env', 'dev').map(({ pool }) => pool)).toEqual(['cpu']);
});

test('it follows the values', () => {
  const more = ['--set', 'services.api.scaling.hpa.maxReplicas=40'];
  expect(poolOf('cpu', '--env', 'prod', ...more)?.most.pods).toBe(72);
  write({ 'extract.yaml': 'services: {extract: {gpu: {pool: vllm-gpu}}}\n' });
  expect(poolOf('vllm-gpu', '--env', 'prod', '-f', 'extract.yaml')?.least.pods).toBe(4);
});

test('it follows the sizes of nodes', () => {
  const large = poolOf('cpu', '--env', 'prod', '--node', 'cpu=64,256Gi', '--node', 'vllm-gpu=16,256Gi,1');
  expect(large).toMatchObject({ node: { instance: 'as given' }, most: { nodes: 1 } });
  expect(poolOf('vllm-gpu', '--env', 'prod', '--node', 'vllm-gpu=16,256Gi,1')?.most.nodes).toBe(4);
});

test('a pod that fits no node is a problem', () => {
  const { exit, stdout, stderr } = medkg('capacity', '--env', 'prod', '--node', 'splade-gpu=4,32Gi,1');
  expect(exit).toBe(1);
  expect(stderr).toBe(
    'error: Deployment/medkg-splade fits no node of splade-gpu: a pod asks for 4 CPU, a node has 3.5 CPU for pods\n',
  );
  expect(stdout).toContain('splade-gpu');
});

test('it is told to people', () => {
  const { stdout } = medkg('capacity', '--env', 'staging');
  expect(stdout).toContain('cpu: nodes of 8 CPU, 32Gi memory, 100Gi disk (m7i.2xlarge); for pods 7.5 CPU,');
  expect(stdout).toMatch(/^ {2}nodes +1 +\(2\) +2 +\(3\)$/m);
  expect(stdout).toMatch(/^ {2}GPU +requests +1 +100 % +2 +100 %$/m);
  expect(stdout).toContain('prefer memory=high: Deployment/medkg-splade');
  expect(stdout).toContain('give yours by --node');
  expect(stdout).not.toMatch(/NaN|undefined| $/m);
  const tty = { write: () => true, isTTY: true };
  expect(medkgIn({ stdout: tty }, 'capacity', '--env', 'dev').stdout).toContain('\u001b[1mcpu');
});
