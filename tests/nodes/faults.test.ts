import { chunker } from '../../lib/platform/services/chunker';
import { evaluation } from '../../lib/platform/services/eval';
import { parser } from '../../lib/platform/services/parser';
import type { JsonObject } from '../../lib/engine';
import { eventually } from '../cluster/support/eventually';
import { helms, Release } from '../cluster/support/helm';
import { kubectl } from '../cluster/support/kubectl';
import { makeNamespace, removeNamespace } from '../cluster/support/namespace';
import { documented } from '../cluster/support/troubleshooting';
import { giveSecret } from './support/namespace';
import { onePod, podsOf, stateOf } from './support/pods';
import { Process } from './support/process';
import { tell } from './support/stub';
import { alone, LIMITS } from './support/values';

const [helm] = helms;
if (helm === undefined) throw new Error('no Helm');
let namespace: string;
let release: Release;

beforeAll(async () => {
  namespace = await makeNamespace('faults');
  release = new Release(helm, namespace);
  await release.install(alone({ parser: {}, chunker: {} }));
});
afterAll(async () => {
  await removeNamespace(namespace);
});

/** What the command of the page shows of a pod. */
async function described(name: string | undefined): Promise<string> {
  return (await kubectl(['describe', 'pod', String(name), '--namespace', namespace])).stdout;
}

test('a container that takes more memory than its limit is killed and started anew', async () => {
  const pod = await onePod(namespace, chunker.name);
  const tooMuch = 2 * Number.parseInt(LIMITS.memory);
  // It is killed while it answers.
  const killed = tell(pod, chunker.name, chunker.port.container, `/stub/allocate?mib=${tooMuch}`);
  await expect(killed).rejects.toThrow();
  await eventually(async () => {
    expect(await described(pod.metadata?.name)).toMatch(documented('oom-killed'));
    const status = stateOf(await onePod(namespace, chunker.name), chunker.name);
    expect(status).toMatchObject({ restartCount: 1, ready: true });
  });
});

test('a pod that fills a scratch directory is evicted, and another one takes its place', async () => {
  const pod = await onePod(namespace, parser.name);
  Process.of(pod, parser.name).fill('/tmp', 1200);
  await eventually(async () => {
    expect(await described(pod.metadata?.name)).toMatch(documented('full-scratch'));
    const others = (await podsOf(namespace, parser.name)).filter(
      ({ metadata }) => metadata?.uid !== pod.metadata?.uid,
    );
    expect(others.map((other) => stateOf(other, parser.name).ready)).toEqual([true]);
  }, 120);
});

describe('a pod whose secrets are not there', () => {
  const key = evaluation.secrets[0];
  const cases: readonly { readonly id: string; readonly secret: string; readonly keys: readonly string[] }[] =
    [
      { id: 'missing-secret', secret: 'not-made-yet', keys: [] },
      {
        id: 'missing-secret-key',
        secret: 'without-a-key',
        keys: evaluation.secrets.filter((name) => name !== key),
      },
    ];

  test.each(cases)('waits ($id), and starts when they are', async ({ id, secret, keys }) => {
    if (keys.length > 0) await giveSecret(namespace, secret, keys);
    const waiting = new Release(helm, namespace, secret);
    const own: JsonObject = { secrets: { existingSecret: secret } };
    const outcome = await waiting.tryInstall(alone({ eval: {} }, own), '--timeout=5s');
    expect(outcome.code).not.toBe(0);
    const pod = await onePod(namespace, evaluation.name, secret);
    await eventually(async () => {
      expect(await described(pod.metadata?.name)).toMatch(documented(id));
    });
    await giveSecret(namespace, secret, evaluation.secrets);
    await eventually(async () => {
      const same = await onePod(namespace, evaluation.name, secret);
      expect(same.metadata?.uid).toBe(pod.metadata?.uid);
      expect(stateOf(same, evaluation.name).ready).toBe(true);
    });
    await waiting.uninstall();
  });
});
