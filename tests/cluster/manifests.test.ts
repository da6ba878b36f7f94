import { environments } from './support/environment';
import { eventually, settled } from './support/eventually';
import { apply, kubectl } from './support/kubectl';
import { manifests } from './support/manifests';
import { makeNamespace, removeNamespace } from './support/namespace';
import { everythingIn, snapshot, versions } from './support/objects';
import { priorityClasses } from './support/priority-classes';
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
  expect(await priorityClasses()).toEqual([]);
});
