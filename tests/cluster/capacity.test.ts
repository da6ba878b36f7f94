import { valuesKey } from '../../lib/platform/model';
import { paths } from './support/environment';
import { eventually } from './support/eventually';
import { helms, Release } from './support/helm';
import { kubectl } from './support/kubectl';
import { makeNamespace, removeNamespace } from './support/namespace';
import { addNodes, restoreNodes, stopNodes } from './support/nodes';
import { componentOf, poolOf, recordOf, records } from './support/placement';
import { grown } from './support/replicas';
import { failure, run } from './support/run';
import { podsIn } from './support/workloads';
import { ofPool, type NodeShape } from './support/world';

const [helm] = helms;
if (helm === undefined) throw new Error('no Helm');

/** What `medkg capacity --json` tells, as far as we look at it. */
interface Need {
  readonly pods: number;
  readonly nodes: number;
  readonly atLeast: number;
}
interface Pool {
  readonly pool: string;
  readonly gpuType?: string;
  readonly node: { readonly allocatable: Readonly<Record<string, number>> };
  readonly least: Need & { readonly upgrade: Need };
  readonly most: Need;
}

/** Changes every pod. */
const CHANGED = { defaults: { extraEnv: [{ name: 'CHANGED', value: 'yes' }] } };
const PLACE = 'place';
const CPU = 'cpu';

let pools: readonly Pool[];
let release: Release;

async function report(): Promise<readonly Pool[]> {
  const args = [paths.medkg, 'capacity', '--env', 'prod', '-f', paths.values('prod'), '--json'];
  const outcome = await run(process.execPath, args);
  if (outcome.code !== 0) throw failure(args, outcome);
  return (JSON.parse(outcome.stdout) as { pools: Pool[] }).pools;
}

/** The most nodes of a pool that any of the scenarios asks for. */
const nodesAtMost = ({ least, most }: Pool): number => Math.max(least.upgrade.nodes, most.nodes);
const placeOf = ({ pool }: Pool, number: number): string => `${PLACE}-${pool}-${String(number)}`;

/** Nodes that have for pods what the report says, and nothing else. */
function placesOf(pool: Pool): NodeShape[] {
  const { labels, taints } = pool.gpuType === undefined ? {} : ofPool(pool.pool, pool.gpuType);
  const capacity = Object.entries(pool.node.allocatable).map(([resource, amount]) => [
    resource,
    String(amount),
  ]);
  return Array.from({ length: nodesAtMost(pool) }, (_, i) => {
    const name = placeOf(pool, i + 1);
    return {
      name,
      labels: { ...labels, [PLACE]: name },
      taints,
      capacity: Object.fromEntries(capacity) as Record<string, string>,
    };
  });
}

/** Leaves so many nodes of each pool in service. */
async function exactly(wanted: (pool: Pool) => number): Promise<void> {
  await kubectl(['uncordon', '--selector', PLACE]);
  const surplus = pools.flatMap((pool) =>
    Array.from({ length: nodesAtMost(pool) - wanted(pool) }, (_, i) => placeOf(pool, nodesAtMost(pool) - i)),
  );
  if (surplus.length > 0) await stopNodes(`${PLACE} in (${surplus.join(',')})`);
}

beforeAll(async () => {
  pools = await report();
  await stopNodes('group');
  await addNodes(pools.flatMap(placesOf));
  release = new Release(helm, await makeNamespace('capacity'));
  await exactly(({ least }) => least.upgrade.nodes);
  await release.install({ environment: 'prod' });
  await grown(release.namespace);
});
afterAll(async () => {
  await release.clean();
  await removeNamespace(release.namespace);
  await restoreNodes();
});

const pods = async (): ReturnType<typeof podsIn> =>
  (await podsIn(release.namespace)).filter(
    (pod) => recordOf(pod) !== undefined && pod.metadata?.deletionTimestamp === undefined,
  );

test('prod runs as many pods as the report says', async () => {
  const there = (await pods()).map((pod) => poolOf(pod) ?? CPU);
  expect(pools.map(({ pool }) => [pool, there.filter((other) => other === pool).length])).toEqual(
    pools.map(({ pool, least }) => [pool, least.pods]),
  );
});

test('an upgrade of everything fits the nodes that the report says for it', async () => {
  await exactly(({ least }) => least.upgrade.nodes);
  await release.upgrade({ environment: 'prod', overrides: CHANGED });
  await grown(release.namespace);
  const env = (await pods()).map(({ spec }) =>
    spec?.containers[0]?.env?.some(({ name }) => name === 'CHANGED'),
  );
  expect(env).toEqual(env.map(() => true));
});

test('the least pods fit the nodes that the report says', async () => {
  await exactly(({ least }) => least.nodes);
  await grown(release.namespace);
});

test('with one node less, something waits in every pool', async () => {
  // Fewer nodes cannot be enough, however clever the scheduler: the sums alone say so.
  expect(pools.map(({ pool, least }) => [pool, least.nodes])).toEqual(
    pools.map(({ pool, least }) => [pool, least.atLeast]),
  );
  await exactly(({ least }) => least.nodes - 1);
  await eventually(async () => {
    const waiting = (await pods()).filter(
      ({ spec, status }) =>
        spec?.nodeName === undefined && status?.conditions?.some(({ reason }) => reason === 'Unschedulable'),
    );
    expect([...new Set(waiting.map((pod) => poolOf(pod) ?? CPU))].sort()).toEqual(
      pools.map(({ pool }) => pool).sort(),
    );
  });
});

test('the most pods fit the nodes that the report says', async () => {
  await exactly(({ most }) => most.nodes);
  const scaled = records.filter(({ scaling }) => scaling.mode === 'hpa');
  const services = Object.fromEntries(
    scaled.map(({ name, scaling }) => [
      valuesKey(name),
      { scaling: { hpa: { minReplicas: scaling.maxReplicas } } },
    ]),
  );
  // The pods stay what they are: these nodes are for running, not for an upgrade at the same time.
  await release.upgrade({ environment: 'prod', overrides: { ...CHANGED, services } });
  await grown(release.namespace);
  const there = await pods();
  expect(there).toHaveLength(pools.reduce((sum, { most }) => sum + most.pods, 0));
  expect(there.filter(({ spec }) => spec?.nodeName?.startsWith(PLACE) !== true).map(componentOf)).toEqual([]);
});
