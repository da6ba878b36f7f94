import { chunker } from '../../lib/platform/services/chunker';
import { indexer } from '../../lib/platform/services/indexer';
import { parser } from '../../lib/platform/services/parser';
import type { JsonObject } from '../../lib/engine';
import { eventually } from '../cluster/support/eventually';
import { helms, Release } from '../cluster/support/helm';
import { removeNamespace } from '../cluster/support/namespace';
import { chartWithout, removeCopies } from './support/chart-copy';
import { namespaceWithSecret } from './support/namespace';
import { onePod, podsOf, servedBy, stateOf } from './support/pods';
import { tell } from './support/stub';
import { alone, told } from './support/values';

/** Seconds before the server listens: more than liveness bears, less than the start may take. */
const SLOW = 15;
const IMPATIENT = { periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 5 };
const NEVER = { periodSeconds: 5, failureThreshold: 1000 };

const slowly: JsonObject = {
  extraEnv: told(indexer.port.container, { STUB_DELAY: `${SLOW}s` }),
  probes: { liveness: IMPATIENT },
};
const values = alone({
  // Unwell, but not dead: what readiness alone does.
  parser: { scaling: { fixed: { replicas: 2 } }, probes: { liveness: NEVER } },
  chunker: { probes: { liveness: IMPATIENT } },
  indexer: slowly,
});

const [helm] = helms;
if (helm === undefined) throw new Error('no Helm');
let namespace: string;
let release: Release;
let hasty: Release;

beforeAll(async () => {
  namespace = await namespaceWithSecret('probes');
  release = new Release(helm, namespace);
  hasty = new Release(helm, namespace, 'hasty');
  await release.install(values);
});
afterAll(async () => {
  await release.clean();
  await hasty.clean();
  await removeNamespace(namespace);
  removeCopies();
});

test('a pod that is not ready leaves its Service, and comes back', async () => {
  const service = `medkg-${parser.name}`;
  const pods = await podsOf(namespace, parser.name);
  const names = pods.map(({ metadata }) => String(metadata?.name)).sort();
  expect(await servedBy(namespace, service)).toEqual(names);
  const [ill, ...well] = pods;
  if (ill === undefined) throw new Error('no pod');

  await tell(ill, parser.name, parser.port.container, '/health?status=503');
  await eventually(async () => {
    expect(await servedBy(namespace, service)).toEqual(well.map(({ metadata }) => metadata?.name));
  });
  await tell(ill, parser.name, parser.port.container, '/health?status=200');
  await eventually(async () => {
    expect(await servedBy(namespace, service)).toEqual(names);
  });
  for (const pod of await podsOf(namespace, parser.name))
    expect(stateOf(pod, parser.name).restartCount).toBe(0);
});

test('a pod that is not alive is started anew', async () => {
  const pod = await onePod(namespace, chunker.name);
  expect(stateOf(pod, chunker.name).restartCount).toBe(0);
  await tell(pod, chunker.name, chunker.port.container, '/health?status=503');
  await eventually(async () => {
    const same = await onePod(namespace, chunker.name);
    expect(same.metadata?.uid).toBe(pod.metadata?.uid);
    expect(stateOf(same, chunker.name)).toMatchObject({ restartCount: 1, ready: true });
  });
});

test('a slow start is survived', async () => {
  expect(SLOW).toBeGreaterThan(IMPATIENT.periodSeconds * IMPATIENT.failureThreshold);
  const pod = await onePod(namespace, indexer.name);
  const { restartCount, ready, state } = stateOf(pod, indexer.name);
  expect({ restartCount, ready }).toEqual({ restartCount: 0, ready: true });
  const began = state?.running?.startedAt?.getTime() ?? 0;
  const readyAt = pod.status?.conditions?.find(({ type }) => type === 'Ready')?.lastTransitionTime;
  expect((readyAt?.getTime() ?? 0) - began).toBeGreaterThanOrEqual(SLOW * 1000);
});

test('without the startup probe, liveness does not let a slow start come to its end', async () => {
  const chart = chartWithout('startupProbe', indexer.name);
  const outcome = await hasty.tryInstall({ ...alone({ indexer: slowly }), chart }, '--timeout=20s');
  expect(outcome.code).not.toBe(0);
  const status = stateOf(await onePod(namespace, indexer.name, 'hasty'), indexer.name);
  expect(status.ready).toBe(false);
  expect(status.restartCount).toBeGreaterThan(0);
});
