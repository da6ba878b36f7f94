import type { V1Pod } from '@kubernetes/client-node';
import { eventually, settled } from './support/eventually';
import { helm4, Release } from './support/helm';
import { kubectl } from './support/kubectl';
import { makeNamespace, removeNamespace } from './support/namespace';
import { difference, everythingIn, snapshot, versions, type Stored } from './support/objects';
import { priorityClasses } from './support/priority-classes';
import { selections } from './support/selection';
import { available, podsIn } from './support/workloads';

/** Pods that the selectors of another release find; a selector that found no pod at all would show nothing. */
function taken(objects: Iterable<Stored>, pods: readonly V1Pod[]): unknown[] {
  const found = selections(objects, pods);
  expect(found.length).toBeGreaterThan(2 * pods.length);
  return found.filter(({ own }) => !own);
}

/** Pods that belong to a Deployment or Job of another release. */
function stolen(pods: readonly V1Pod[]): string[] {
  return pods
    .filter(({ metadata }) => {
      const instance = metadata?.labels?.['app.kubernetes.io/instance'] ?? '';
      const component = metadata?.labels?.['app.kubernetes.io/component'] ?? '';
      return metadata?.ownerReferences?.[0]?.name.startsWith(`${instance}-${component}-`) !== true;
    })
    .map(({ metadata }) => metadata?.name ?? '');
}

test('two releases in one namespace share nothing, and each goes alone', async () => {
  const namespace = await makeNamespace('two');
  // The second one's name is how the first one's objects begin.
  const [first, second] = [new Release(helm4, namespace), new Release(helm4, namespace, 'medkg-api')];
  try {
    await first.install({ environment: 'prod' });
    await available(namespace);
    await settled(async () => versions(await snapshot(namespace)));
    const alone = await snapshot(namespace);
    const classes = await priorityClasses();
    expect(classes).toHaveLength(2);
    await second.install({ environment: 'prod', overrides: { ingress: { host: 'other.example.org' } } });
    await available(namespace);
    const both = await snapshot(namespace);
    expect(difference(alone, both)).toMatchObject({ removed: [], changed: [] });
    expect(both.size).toBe(2 * alone.size);
    expect(await priorityClasses()).toHaveLength(4);
    const pods = await podsIn(namespace);
    expect(taken(both.values(), pods)).toEqual([]);
    expect(stolen(pods)).toEqual([]);
    await second.uninstall();
    await eventually(async () => {
      expect(difference(alone, await snapshot(namespace))).toEqual({
        added: ['PersistentVolumeClaim/api-qwen-embed-vllm-model'],
        removed: [],
        changed: [],
      });
    });
    await available(namespace);
    expect(await priorityClasses()).toEqual(classes);
    await first.uninstall();
    await eventually(async () => {
      const left = await everythingIn(namespace);
      expect(left.map(({ kind }) => kind)).toEqual(['PersistentVolumeClaim', 'PersistentVolumeClaim']);
    });
  } finally {
    await second.clean();
    await first.clean();
    await removeNamespace(namespace);
  }
});

test('two releases of one name in two namespaces share nothing, not even outside of them', async () => {
  const namespaces = [await makeNamespace('two'), await makeNamespace('two')] as const;
  const [first, second] = [new Release(helm4, namespaces[0]), new Release(helm4, namespaces[1])];
  try {
    await Promise.all([first, second].map((release) => release.install({ environment: 'prod' })));
    await Promise.all(namespaces.map((namespace) => available(namespace)));
    expect(await priorityClasses()).toHaveLength(4);
    const before = await snapshot(namespaces[0]);
    await second.uninstall();
    await eventually(async () => {
      const left = await everythingIn(namespaces[1]);
      expect(left.map(({ kind }) => kind)).toEqual(['PersistentVolumeClaim']);
    });
    await available(namespaces[0]);
    expect(difference(before, await snapshot(namespaces[0]))).toEqual({
      added: [],
      removed: [],
      changed: [],
    });
    expect(await priorityClasses()).toHaveLength(2);
    // Its pods can still be made, with the priority that they ask for.
    await kubectl(['delete', 'pod', '--all', '--namespace', namespaces[0], '--wait=false']);
    await available(namespaces[0]);
  } finally {
    await second.clean();
    await first.clean();
    await Promise.all(namespaces.map(removeNamespace));
  }
});
