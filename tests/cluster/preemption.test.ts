import type { V1Pod } from '@kubernetes/client-node';
import { valuesKey } from '../../lib/platform/model';
import { eventually } from './support/eventually';
import { helms, Release } from './support/helm';
import { makeNamespace, removeNamespace } from './support/namespace';
import { addNodes, restoreNodes } from './support/nodes';
import { componentOf, messagesOf, records, waitOf, waits } from './support/placement';
import { documented } from './support/troubleshooting';
import { available, podsIn } from './support/workloads';

const [helm] = helms;
if (helm === undefined) throw new Error('no Helm');

const ARENA = 'arena';

interface Replicas {
  readonly api: number;
  readonly parser: number;
}

/** One small node, and two services that share it: api answers users, parser may wait. */
function scene({ api, parser }: Replicas): object {
  const off = Object.fromEntries(records.map(({ name }) => [valuesKey(name), { enabled: false }]));
  const on = (replicas: number): object => ({
    enabled: true,
    scaling: { mode: 'fixed', fixed: { replicas } },
    resources: { requests: { memory: '3Gi' } },
  });
  return {
    defaults: { nodeSelector: { [ARENA]: 'yes' } },
    hooks: { validateConfiguration: false },
    services: { ...off, api: on(api), parser: on(parser) },
  };
}

let release: Release;
beforeAll(async () => {
  // Room for four pods.
  await addNodes([{ name: ARENA, labels: { [ARENA]: 'yes' }, capacity: { cpu: '16', memory: '13Gi' } }]);
  release = new Release(helm, await makeNamespace('memory'));
  await release.install({ environment: 'prod', overrides: scene({ api: 1, parser: 3 }) });
  await available(release.namespace);
});
afterAll(async () => {
  await release.clean();
  await removeNamespace(release.namespace);
  await restoreNodes();
});

const scaleTo = (replicas: Replicas): Promise<unknown> =>
  release.upgrade({ environment: 'prod', overrides: scene(replicas) }, '--wait=false');

const podsOf = async (component: string): Promise<V1Pod[]> =>
  (await podsIn(release.namespace)).filter((pod) => componentOf(pod) === component);

/** The pods of a service that have a place, by uid. */
const placed = async (component: string): Promise<(string | undefined)[]> =>
  (await podsOf(component))
    .filter(({ spec }) => spec?.nodeName !== undefined)
    .map(({ metadata }) => metadata?.uid)
    .sort();

/** Waits until some pods of a service wait, and say why. */
const waiting = (component: string, number: number, why: string): Promise<void> =>
  eventually(async () => {
    const pods = (await podsOf(component)).filter(({ spec }) => spec?.nodeName === undefined);
    expect(pods.map(waitOf)).toEqual(Array.from({ length: number }, () => waits(documented(why))));
  });

test('what may wait takes nobody’s place, not even that of its like', async () => {
  const before = { api: await placed('api'), parser: await placed('parser') };
  expect([before.api.length, before.parser.length]).toEqual([1, 3]);
  await scaleTo({ api: 1, parser: 5 });
  await waiting('parser', 2, 'no-memory-and-may-wait');
  expect({ api: await placed('api'), parser: await placed('parser') }).toEqual(before);
});

test('what answers users takes the place of what may wait, disruption budget or not', async () => {
  const [first] = await placed('api');
  await scaleTo({ api: 4, parser: 5 });
  await eventually(async () => {
    expect((await placed('api')).length).toBe(4);
    expect(await placed('parser')).toEqual([]);
  });
  expect(await placed('api')).toContain(first);
  await waiting('parser', 5, 'no-memory-and-may-wait');
  const told = await eventually(async () => {
    const messages = await messagesOf(release.namespace, 'Preempted');
    expect(messages.length).toBeGreaterThanOrEqual(3);
    return messages;
  });
  for (const message of told) expect(message).toMatch(documented('pre-empted'));
});

test('what answers users takes no place of its like', async () => {
  const before = await placed('api');
  await scaleTo({ api: 5, parser: 5 });
  await waiting('api', 1, 'no-memory-and-no-victim');
  expect(await placed('api')).toEqual(before);
});
