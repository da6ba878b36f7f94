import { environments } from './support/environment';
import { eventually, settled } from './support/eventually';
import { helms, Release } from './support/helm';
import { apply, kubectl } from './support/kubectl';
import { manifests } from './support/manifests';
import { makeNamespace, removeNamespace } from './support/namespace';
import { difference, everythingIn, snapshot, versions } from './support/objects';
import { warningsIn } from './support/run';
import { available } from './support/workloads';

let namespace: string;
beforeEach(async () => {
  namespace = await makeNamespace('apply');
});
afterEach(async () => {
  await removeNamespace(namespace);
});

const UNCHANGED = { added: [], removed: [], changed: [] };

test.each(environments)('%s: the plain manifests are applied twice, and removed', async (environment) => {
  const documents = await manifests({ environment }, namespace);
  expect(warningsIn(await apply(documents, '--namespace', namespace))).toEqual([]);
  await available(namespace);
  const before = await settled(async () => versions(await snapshot(namespace)));
  expect(warningsIn(await apply(documents, '--namespace', namespace))).toEqual([]);
  expect(await settled(async () => versions(await snapshot(namespace)))).toEqual(before);
  await kubectl(['delete', '--namespace', namespace, '--wait', '-f', '-'], documents);
  await eventually(async () => {
    const left = await everythingIn(namespace);
    expect(left.map(({ kind, metadata }) => `${kind}/${metadata.name ?? ''}`)).toEqual([]);
  });
});

/** Which object it is, and how often it was given another meaning: without what each writer leaves in the metadata. */
async function generations(): Promise<Record<string, readonly unknown[]>> {
  const written = Object.entries(versions(await snapshot(namespace)));
  return Object.fromEntries(written.map(([name, [uid, generation]]) => [name, [uid, generation]]));
}

describe.each(helms)('$name', (helm) => {
  test.each(environments)(
    '%s: the plain manifests over an installed release change nothing but who manages it',
    async (environment) => {
      const release = new Release(helm, namespace);
      try {
        await release.install({ environment });
        await available(namespace);
        const written = await settled(generations);
        const before = await snapshot(namespace);
        const documents = await manifests({ environment }, namespace);
        const outcome = await apply(documents, '--namespace', namespace, '--force-conflicts');
        expect(warningsIn(outcome)).toEqual([]);
        expect(await settled(generations)).toEqual(written);
        expect(difference(before, await snapshot(namespace))).toEqual(UNCHANGED);
      } finally {
        await release.clean();
      }
    },
  );
});
