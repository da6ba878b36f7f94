import type { V1Pod } from '@kubernetes/client-node';
import { api } from '../../lib/platform/services/api';
import type { JsonObject } from '../../lib/engine';
import { core } from '../cluster/support/cluster';
import { eventually, settled } from '../cluster/support/eventually';
import { helms, Release, type Values } from '../cluster/support/helm';
import { kubectl } from '../cluster/support/kubectl';
import { removeNamespace } from '../cluster/support/namespace';
import { COMPONENT } from '../cluster/support/workloads';
import { chartWithout, removeCopies } from './support/chart-copy';
import { Load, lost, type Request } from './support/load';
import { namespaceWithSecret } from './support/namespace';
import { podsOf, servedBy } from './support/pods';
import { answered, tell } from './support/stub';
import { alone, told } from './support/values';

const SERVICE = `medkg-${api.name}`;
const NODE = 'real-1';
const { container: PORT } = api.port;
let version = 0;

/** Four pods, so that the budget of three lets one go; each serves on for seconds after it was told to end. */
function values(replicas: number, chart?: string): Values {
  const own: JsonObject = {
    scaling: { fixed: { replicas } },
    preStopSeconds: 5,
    terminationGracePeriodSeconds: 20,
    // A pod that is unwell is not to be started anew.
    probes: { liveness: { periodSeconds: 10, failureThreshold: 100 } },
    extraEnv: told(PORT, { VERSION: String((version += 1)) }),
  };
  return { ...alone({ api: own }), chart };
}

const [helm] = helms;
if (helm === undefined) throw new Error('no Helm');
let namespace: string;
let release: Release;

beforeAll(async () => {
  namespace = await namespaceWithSecret('load');
  release = new Release(helm, namespace);
  await release.install(values(4));
});
afterAll(async () => {
  await kubectl(['uncordon', NODE]);
  await release.clean();
  await removeNamespace(namespace);
  removeCopies();
});

/** What is done to the api while it serves. */
type Disturbance = (load: Load, replicas: number, chart?: string) => Promise<void>;

/** Puts a load on the Service's address, disturbs the api, and gives what became of the requests. */
async function underLoad(disturb: Disturbance, replicas: number, chart?: string): Promise<Request[]> {
  const { spec } = await core.readNamespacedService({ namespace, name: SERVICE });
  // No name: a drain may take DNS along.
  const load = await Load.start(namespace, `${String(spec?.clusterIP)}:${String(api.port.service)}`);
  try {
    await disturb(load, replicas, chart);
    await load.goesOn();
    return await load.requests();
  } finally {
    await load.stop();
  }
}

/** Waits until there are as many pods as there should be, all of them served, and none that ends. */
async function atRest(replicas: number): Promise<void> {
  await eventually(async () => {
    const names = (await podsOf(namespace, api.name)).map(({ metadata }) => metadata?.name);
    expect(names).toHaveLength(replicas);
    expect(await servedBy(namespace, SERVICE)).toEqual(names.sort());
  }, 120);
}

async function roll(replicas: number, chart?: string): Promise<void> {
  await release.upgrade(values(replicas, chart));
  await atRest(replicas);
}

const rollingUpdate: Disturbance = (_load, ...what) => roll(...what);

const onNode = async (): Promise<V1Pod[]> =>
  (await podsOf(namespace, api.name)).filter(({ spec }) => spec?.nodeName === NODE);

const drain: Disturbance = async (_load, replicas) => {
  expect(await onNode()).not.toEqual([]);
  const selector = `--pod-selector=${COMPONENT}=${api.name}`;
  await kubectl(['drain', NODE, selector, '--delete-emptydir-data', '--timeout=120s']);
  await atRest(replicas);
  expect(await onNode()).toEqual([]);
  await kubectl(['uncordon', NODE]);
};

/** A pod says that it is not well, is left alone, fails for a while, and recovers. */
const illness: Disturbance = async (load, replicas) => {
  const [pod] = await podsOf(namespace, api.name);
  if (pod === undefined) throw new Error('the api has no pod');
  const asked = async (): Promise<number> =>
    (await answered(pod, api.name)).filter(({ request }) => request !== 'GET /health').length;
  await tell(pod, api.name, PORT, '/health?status=503');
  if (await leaves(pod)) await settled(asked);
  await tell(pod, api.name, PORT, '/version?status=500');
  await load.goesOn();
  await tell(pod, api.name, PORT, '/version?status=200');
  await tell(pod, api.name, PORT, '/health?status=200');
  await atRest(replicas);
};

/** Whether a pod leaves its Service in the time that this takes at most. */
async function leaves({ metadata }: V1Pod): Promise<boolean> {
  const isGone = async (): Promise<void> => {
    expect(await servedBy(namespace, SERVICE)).not.toContain(metadata?.name);
  };
  return eventually(isGone, 20).then(
    () => true,
    () => false,
  );
}

describe('no request is lost', () => {
  test.each([
    ['when a pod falls ill', illness],
    ['by a rolling update', rollingUpdate],
    ['by a drain', drain],
  ])('%s', async (_name, disturb) => {
    const pods = (await podsOf(namespace, api.name)).map(({ metadata }) => metadata?.name);
    const requests = await underLoad(disturb, 4);
    expect(requests.length).toBeGreaterThan(0);
    expect(lost(requests)).toEqual([]);
    expect([...new Set(requests.map(({ pod }) => pod))]).toEqual(expect.arrayContaining(pods));
  });
});

describe('requests are lost', () => {
  test.each([
    {
      when: 'by a rolling update without preStop',
      member: 'lifecycle',
      disturb: rollingUpdate,
      // The pod is gone, and the nodes do not know it yet.
      how: { status: '000', error: expect.stringContaining('connect') as string },
    },
    {
      when: 'when a pod falls ill and nothing asks for its readiness',
      member: 'readinessProbe',
      disturb: illness,
      how: { status: '500' },
    },
  ])('$when', async ({ member, disturb, how }) => {
    const chart = chartWithout(member, api.name);
    await roll(2, chart);
    const requests = await underLoad(disturb, 2, chart);
    expect(lost(requests)).toContainEqual(expect.objectContaining(how));
  });
});
