import { helms, Release } from './support/helm';
import { makeNamespace, removeNamespace } from './support/namespace';
import { difference, everythingIn, snapshot, versions } from './support/objects';
import { available, COMPONENT, podsIn } from './support/workloads';
import { eventually, settled } from './support/eventually';
import { core } from './support/cluster';

const [helm] = helms;
if (helm === undefined) throw new Error('no Helm');

/** Pods that more than one Service or Deployment would take for its own. */
async function contested(namespace: string): Promise<string[]> {
  const pods = await podsIn(namespace);
  const { items } = await core.listNamespacedService({ namespace });
  return pods.flatMap(({ metadata }) => {
    const takers = items.filter(({ spec }) =>
      Object.entries(spec?.selector ?? { none: 'none' }).every(
        ([key, value]) => metadata?.labels?.[key] === value,
      ),
    );
    return takers.length > 1
      ? [`${metadata?.name ?? ''}: ${takers.map((service) => service.metadata?.name).join(', ')}`]
      : [];
  });
}

test('two releases in one namespace share nothing, and each goes alone', async () => {
  const namespace = await makeNamespace('two');
  const [first, second] = [new Release(helm, namespace, 'medkg'), new Release(helm, namespace, 'medkg-api')];
  try {
    await first.install({ environment: 'prod' });
    await available(namespace);
    await settled(async () => versions(await snapshot(namespace)));
    const alone = await snapshot(namespace);
    await second.install({ environment: 'prod', overrides: { ingress: { host: 'other.example.org' } } });
    await available(namespace);
    const both = await snapshot(namespace);
    expect(difference(alone, both)).toMatchObject({ removed: [], changed: [] });
    expect(await contested(namespace)).toEqual([]);
    const owners = new Map(
      (await podsIn(namespace)).map(({ metadata }) => [
        metadata?.name ?? '',
        metadata?.labels?.['app.kubernetes.io/instance'],
      ]),
    );
    expect([...owners].filter(([name, instance]) => !name.startsWith(`${String(instance)}-`))).toEqual([]);
    await second.uninstall();
    await eventually(async () => {
      expect(difference(alone, await snapshot(namespace))).toEqual({
        added: ['PersistentVolumeClaim/api-qwen-embed-vllm-model'],
        removed: [],
        changed: [],
      });
    });
    await available(namespace);
  } finally {
    await second.clean();
    await first.clean();
    await removeNamespace(namespace);
  }
});

test('two releases of one name in two namespaces share nothing', async () => {
  const namespaces = [await makeNamespace('two'), await makeNamespace('two')] as const;
  const [first, second] = [new Release(helm, namespaces[0]), new Release(helm, namespaces[1])];
  try {
    await first.install({ environment: 'prod' });
    await second.install({ environment: 'prod' });
    await Promise.all(namespaces.map(available));
    await second.uninstall();
    await eventually(async () => {
      const left = await everythingIn(namespaces[1]);
      expect(left.map(({ kind }) => kind)).toEqual(['PersistentVolumeClaim']);
    });
    await available(namespaces[0]);
    const api = await podsIn(namespaces[0], `${COMPONENT}=api`);
    expect(api.map(({ spec }) => spec?.priority)).toEqual(api.map(() => 100000));
    await first.test();
  } finally {
    await second.clean();
    await first.clean();
    await Promise.all(namespaces.map(removeNamespace));
  }
});
