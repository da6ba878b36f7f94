import { environments } from './support/environment';
import { eventually } from './support/eventually';
import { helms, Release } from './support/helm';
import { apply, kubectl } from './support/kubectl';
import { manifests } from './support/manifests';
import { makeNamespace, removeNamespace } from './support/namespace';
import { difference, everythingIn, rolled, snapshot, versions } from './support/objects';
import { warningsIn } from './support/run';
import { available } from './support/workloads';

let namespace: string;
beforeEach(async () => {
  namespace = await makeNamespace('apply');
});
afterEach(async () => {
  await removeNamespace(namespace);
});

test.each(environments)('%s: the plain manifests are applied twice, and removed', async (environment) => {
  const documents = await manifests(environment, namespace);
  expect(warningsIn(await apply(documents, '--namespace', namespace))).toEqual([]);
  await available(namespace);
  const before = await snapshot(namespace);
  await apply(documents, '--namespace', namespace);
  const after = await snapshot(namespace);
  expect(difference(before, after)).toEqual({ added: [], removed: [], changed: [] });
  expect(rolled(before, after)).toEqual([]);
  await kubectl(['delete', '--namespace', namespace, '--wait', '-f', '-'], documents);
  await eventually(async () => {
    expect(
      (await everythingIn(namespace)).map(({ kind, metadata }) => `${kind}/${metadata.name ?? ''}`),
    ).toEqual([]);
  });
});

describe.each(helms)('$name', (helm) => {
  test.each(environments)(
    '%s: the plain manifests over an installed release change nothing',
    async (environment) => {
      const release = new Release(helm, namespace);
      try {
        await release.install({ environment });
        await available(namespace);
        const before = await snapshot(namespace);
        const generations = generationsOf(versions(before));
        const outcome = await apply(
          await manifests(environment, namespace),
          '--namespace',
          namespace,
          '--force-conflicts',
        );
        expect(warningsIn(outcome)).toEqual([]);
        const after = await snapshot(namespace);
        expect(difference(before, after)).toEqual({ added: [], removed: [], changed: [] });
        expect(generationsOf(versions(after))).toEqual(generations);
      } finally {
        await release.clean();
      }
    },
  );
});

/** Who it is and how often its meaning was written, without the metadata that each apply writes. */
function generationsOf(written: ReturnType<typeof versions>): Record<string, readonly unknown[]> {
  return Object.fromEntries(
    Object.entries(written).map(([name, [uid, generation]]) => [name, [uid, generation]]),
  );
}
