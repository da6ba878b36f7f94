import { environments } from './support/environment';
import { settled } from './support/eventually';
import { helms, Release } from './support/helm';
import { apply } from './support/kubectl';
import { manifests } from './support/manifests';
import { makeNamespace, removeNamespace } from './support/namespace';
import { difference, snapshot, versions } from './support/objects';
import { warningsIn } from './support/run';
import { available } from './support/workloads';

let namespace: string;
beforeEach(async () => {
  namespace = await makeNamespace('over');
});
afterEach(async () => {
  await removeNamespace(namespace);
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
        expect(difference(before, await snapshot(namespace))).toEqual({
          added: [],
          removed: [],
          changed: [],
        });
      } finally {
        await release.clean();
      }
    },
  );
});
