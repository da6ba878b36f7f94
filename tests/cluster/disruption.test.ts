import { GPU_RESOURCE } from '../../lib/platform/pools';
import { disruptionsOf } from '../../lib/analysis/disruption';
import type { JsonObject } from '../../lib/engine';
import { coalesce, renderObjects } from '../../lib/engine/renderers';
import { description, scopeOf } from '../support/platform';
import { environments, paths, type Environment } from './support/environment';
import { eventually } from './support/eventually';
import { helms, Release } from './support/helm';
import { kubectl } from './support/kubectl';
import { makeNamespace, removeNamespace } from './support/namespace';
import { addNodes, nodesWith, restoreNodes } from './support/nodes';
import { componentOf } from './support/placement';
import { grown } from './support/replicas';
import { run, type Outcome } from './support/run';
import { lowestReady } from './support/sampler';
import { TIGHT, tightNodes, tightServices, tightValues } from './support/tight-pools';
import { documented } from './support/troubleshooting';
import { isReady, podsIn } from './support/workloads';

const [helm] = helms;
if (helm === undefined) throw new Error('no Helm');

type Counts = Readonly<Record<string, number>>;

/** Pods take a while to become ready. */
const LATE: JsonObject = { defaults: { podAnnotations: { 'fake/ready-after': '2s' } } };
const NEW_IMAGES: JsonObject = {
  image: { tag: 'next' },
  services: { qwenEmbedVllm: { image: { tag: 'next' } } },
};
const NEVER_READY = { podAnnotations: { 'fake/not-ready': 'CrashLoopBackOff' } };
/** Where everything starts, so that the first drain finds all pods of a service on one node. */
const START = /^(cpu|[a-z]+-gpu|tight-[a-z-]+)-a$/;

/** The values of an environment; in production the servers with GPUs have pools with none to spare. */
function valuesFor(environment: Environment, ...changes: readonly JsonObject[]): JsonObject {
  const base = environment === 'prod' ? coalesce(LATE, tightValues) : LATE;
  return changes.reduce((values, change) => coalesce(values, change), base);
}

/** What docs/disruption.md tells of the pods that an update, or a drain, leaves. */
function told(environment: Environment, by: 'update' | 'drain'): Counts {
  const scope = scopeOf(environment, valuesFor(environment));
  const objects = renderObjects(description, scope).map(({ object }) => object);
  return Object.fromEntries(disruptionsOf(objects).map((disruption) => [disruption.service, disruption[by]]));
}

const releases = new Map<Environment, Release>();
function releaseOf(environment: Environment): Release {
  const release = releases.get(environment);
  if (release === undefined) throw new Error(`${environment} is not installed`);
  return release;
}

/** Waits until every environment has all of its pods. */
const everybody = (): Promise<unknown> =>
  Promise.all([...releases.values()].map(({ namespace }) => grown(namespace)));

/** The lowest numbers of ready pods in each environment while something is done, until all are there again. */
async function lowest(act: () => Promise<unknown>): Promise<Map<Environment, Counts>> {
  const counts = new Map<Environment, Counts>();
  const sampled = environments.reduce<() => Promise<unknown>>(
    (inner, environment) => async () =>
      counts.set(environment, await lowestReady(releaseOf(environment).namespace, inner)),
    async () => {
      await act();
      await everybody();
    },
  );
  await sampled();
  return counts;
}

/** Does something once, whichever test comes first. */
function once<T>(act: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= act());
}

/** Takes everything off a node, as before its maintenance, and gives it back; a drain that takes longer is blocked. */
async function drain(node: string, limit = '90s'): Promise<Outcome> {
  const flags = ['--ignore-daemonsets', '--delete-emptydir-data', `--timeout=${limit}`];
  const outcome = await run(paths.kubectl, ['drain', node, ...flags]);
  await kubectl(['uncordon', node]);
  return outcome;
}

/** Drains nodes one after the other; gives the first one that was blocked, with the reason. */
async function drainAll(nodes: readonly string[]): Promise<string[]> {
  for (const node of nodes) {
    const { code, stderr } = await drain(node);
    if (code !== 0) return [`${node}: ${stderr}`];
  }
  return [];
}

async function nodeNames(selector?: string): Promise<string[]> {
  return (await nodesWith(selector)).map(({ metadata }) => metadata?.name ?? '');
}

beforeAll(async () => {
  await addNodes(tightNodes);
  await kubectl(['cordon', ...(await nodeNames()).filter((node) => !START.test(node))]);
  for (const environment of environments)
    releases.set(environment, new Release(helm, await makeNamespace(environment)));
  await Promise.all(
    [...releases].map(([environment, release]) =>
      release.install({ environment, overrides: valuesFor(environment) }),
    ),
  );
  await everybody();
  await kubectl(['uncordon', '--selector', 'kubernetes.io/os=linux']);
});
afterAll(async () => {
  await Promise.all(
    [...releases.values()].map(async (release) => {
      await release.clean();
      await removeNamespace(release.namespace);
    }),
  );
  await restoreNodes();
});

describe('a drain of every node, one after the other', () => {
  let blocked: readonly string[];
  const drained = once(() =>
    lowest(async () => {
      blocked = await drainAll(await nodeNames());
    }),
  );

  test('comes to its end, in each environment', async () => {
    await drained();
    expect(blocked).toEqual([]);
  });

  test.each(environments)(
    '%s: leaves ready what docs/disruption.md says, at every instant',
    async (environment) => {
      const counts = (await drained()).get(environment);
      expect(counts).toMatchObject(told(environment, 'drain'));
    },
  );
});

describe('an update of every service', () => {
  /** GPUs of the nodes that are open, less those that pods of the pool hold. */
  async function spareGpus(service: string): Promise<number> {
    const open = (await nodesWith(`${TIGHT}=${service}`)).filter(({ spec }) => spec?.unschedulable !== true);
    const gpus = open.map(({ status }) => Number(status?.allocatable?.[GPU_RESOURCE]));
    const pods = (await podsIn(releaseOf('prod').namespace)).filter((pod) => componentOf(pod) === service);
    return gpus.reduce((sum, count) => sum + count, 0) - pods.length;
  }

  const updated = once(async () => {
    const holding = new Set((await podsIn(releaseOf('prod').namespace)).map(({ spec }) => spec?.nodeName));
    await kubectl(['cordon', ...(await nodeNames(TIGHT)).filter((node) => !holding.has(node))]);
    const spare = await Promise.all(tightServices.map(spareGpus));
    const counts = await lowest(() =>
      Promise.all(
        environments.map((environment) =>
          releaseOf(environment).upgrade({ environment, overrides: valuesFor(environment, NEW_IMAGES) }),
        ),
      ),
    );
    await kubectl(['uncordon', '--selector', 'kubernetes.io/os=linux']);
    return { spare, counts };
  });

  test('needs no spare GPU: there is none', async () => {
    expect((await updated()).spare).toEqual(tightServices.map(() => 0));
  });

  test.each(environments)(
    '%s: leaves ready what docs/disruption.md says, at every instant',
    async (environment) => {
      const counts = (await updated()).counts.get(environment);
      expect(counts).toMatchObject(told(environment, 'update'));
    },
  );
});

describe('with pods that are not ready', () => {
  const change = (services: JsonObject): JsonObject => valuesFor('prod', NEW_IMAGES, { services });
  /** How many pods of a service are ready, and how many there are. */
  async function readyOf(service: string): Promise<readonly [number, number]> {
    const pods = (await podsIn(releaseOf('prod').namespace)).filter((pod) => componentOf(pod) === service);
    return [pods.filter(isReady).length, pods.length];
  }
  /** Starts an update that cannot end. */
  async function hang(
    services: JsonObject,
    expected: Readonly<Record<string, readonly [number, number]>>,
  ): Promise<void> {
    await releaseOf('prod').upgrade({ environment: 'prod', overrides: change(services) }, '--wait=false');
    await eventually(async () => {
      for (const [service, counts] of Object.entries(expected))
        expect([service, ...(await readyOf(service))]).toEqual([service, ...counts]);
    });
  }

  test('the last server with a GPU that works stays, until the update that hangs is rolled back', async () => {
    const { namespace } = releaseOf('prod');
    await hang({ splade: NEVER_READY }, { splade: [1, 2] });
    const working = (await podsIn(namespace)).find((pod) => componentOf(pod) === 'splade' && isReady(pod));
    const node = working?.spec?.nodeName ?? '';
    const outcome = await drain(node, '3s');
    expect(outcome.code).not.toBe(0);
    expect(outcome.stderr).toMatch(documented('drain-blocked'));
    expect(await readyOf('splade')).toEqual([1, 2]);
    await releaseOf('prod').rollback(0);
    expect(await drainAll([node])).toEqual([]);
    await grown(namespace);
  });

  test('every node can be drained, and what works stays within its budget', async () => {
    const { namespace } = releaseOf('prod');
    const expected = { parser: [2, 3], ingest: [0, 2] } as const;
    await hang(
      { parser: NEVER_READY, ingest: { ...NEVER_READY, rollout: { maxSurge: 0, maxUnavailable: 2 } } },
      expected,
    );
    const nodes = new Set((await podsIn(namespace)).flatMap(({ spec }) => spec?.nodeName ?? []));
    const counts = await lowestReady(namespace, async () => {
      expect(await drainAll([...nodes])).toEqual([]);
    });
    const floors = { ...told('prod', 'drain'), ingest: 0 };
    expect(Object.entries(floors).filter(([service, least]) => (counts[service] ?? 0) < least)).toEqual([]);
  });
});
