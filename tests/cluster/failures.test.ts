import { core } from './support/cluster';
import { eventually } from './support/eventually';
import { failingHook } from './support/failing-hook';
import { helms, Release, type Values } from './support/helm';
import { apply } from './support/kubectl';
import { makeNamespace, removeNamespace } from './support/namespace';
import { difference, everythingIn, rolled, snapshot } from './support/objects';
import { documented } from './support/troubleshooting';
import { available } from './support/workloads';

/** Pods that never become ready. */
const NEVER_READY = { services: { parser: { podAnnotations: { 'fake/not-ready': 'CrashLoopBackOff' } } } };
const quotaOn = (resource: string): object => ({
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  metadata: { name: 'limit' },
  spec: { hard: { [resource]: '3' } },
});

const list = (...items: readonly object[]): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'List', items });

/** Ways in which an install fails half way. */
const failures: readonly {
  readonly name: string;
  readonly prepare?: (namespace: string) => readonly object[];
  readonly overrides?: object;
  /** The message, in docs/troubleshooting.md. */
  readonly message: string;
}[] = [
  {
    name: 'pods that never become ready',
    overrides: NEVER_READY,
    message: 'pods-never-ready',
  },
  { name: 'a quota on Services', prepare: () => [quotaOn('count/services')], message: 'quota-on-services' },
  {
    name: 'an object that the API server refuses',
    overrides: {
      extraObjects: [
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { name: 'wrong' },
          spec: { ports: [{ port: 99999 }] },
        },
      ],
    },
    message: 'object-refused',
  },
  {
    name: 'a hook that fails',
    prepare: failingHook,
    overrides: { hooks: { backoffLimit: 0 } },
    message: 'hook-failed',
  },
];

describe.each(helms)('$name', (helm) => {
  let namespace: string;
  let release: Release;
  const undone = [helm.undo, '--timeout=12s'] as const;

  beforeEach(async () => {
    namespace = await makeNamespace('fail');
    release = new Release(helm, namespace);
  });
  afterEach(async () => {
    await release.clean();
    await removeNamespace(namespace);
  });

  test.each(failures)(
    'an install that fails by $name leaves nothing',
    async ({ prepare, overrides, message }) => {
      const prepared = prepare?.(namespace) ?? [];
      if (prepared.length > 0) await apply(list(...prepared), '--namespace', namespace);
      const outcome = await release.tryInstall({ environment: 'dev', overrides }, ...undone);
      expect(outcome.code).not.toBe(0);
      expect(outcome.stderr).toMatch(documented('install-taken-back', helm));
      expect(outcome.stderr).toMatch(documented(message, helm));
      await eventually(async () => {
        const left = (await everythingIn(namespace)).filter(({ kind }) => kind !== 'ResourceQuota');
        expect(left.map(({ kind, metadata }) => `${kind}/${metadata.name ?? ''}`)).toEqual([]);
      });
    },
  );

  test('an upgrade that fails goes back to what was', async () => {
    const values: Values = { environment: 'dev' };
    await release.install(values);
    await available(namespace);
    const before = await snapshot(namespace);
    const outcome = await release.tryUpgrade({ ...values, overrides: NEVER_READY }, ...undone);
    expect(outcome.code).not.toBe(0);
    expect(outcome.stderr).toMatch(documented('upgrade-taken-back', helm));
    await available(namespace);
    const after = await snapshot(namespace);
    expect(difference(before, after)).toEqual({ added: [], removed: [], changed: [] });
    expect(rolled(before, after)).toEqual(['parser']);
    expect(
      (await core.listNamespacedPod({ namespace })).items.filter(({ status }) => status?.phase !== 'Running'),
    ).toEqual([]);
  });
});
