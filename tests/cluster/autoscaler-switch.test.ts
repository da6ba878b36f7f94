import { valuesKey } from '../../lib/platform/model';
import { services } from '../../lib/platform/services';
import { apps, autoscaling } from './support/cluster';
import { eventually } from './support/eventually';
import { helms, Release, type Helm, type Values } from './support/helm';
import { manifests } from './support/manifests';
import { makeNamespace, removeNamespace } from './support/namespace';
import { lowestReady } from './support/sampler';
import { paths } from './support/environment';
import { run, type Outcome } from './support/run';
import { runDocumented } from './support/scaling-page';
import { documented } from './support/troubleshooting';

/** The API alone: what is scaled by hand, and who scales it later, is the same for every service. */
const others = services.map(({ name }) => valuesKey(name)).filter((name) => name !== 'api');
function withApi(api: object): Values {
  const off = Object.fromEntries(others.map((name) => [name, { enabled: false } as const]));
  return {
    environment: 'dev',
    overrides: { hooks: { validateConfiguration: false }, services: { ...off, api } },
  };
}
const byHand = (replicas: number): Values => withApi({ scaling: { mode: 'fixed', fixed: { replicas } } });
const byAutoscaler = (minReplicas: number, more: object = {}): Values =>
  withApi({ ...more, scaling: { mode: 'hpa', hpa: { minReplicas, maxReplicas: 10 } } });

type Deploy = (namespace: string, values: Values) => Promise<Outcome>;

const byHelm =
  (helm: Helm, ...flags: readonly string[]): Deploy =>
  (namespace, values) =>
    new Release(helm, namespace).tryUpgrade(values, '--install', ...flags);

/** `kubectl apply` of the plain manifests; it ends with a code, so that a conflict can be looked at. */
const byKubectl: Deploy = async (namespace, values) =>
  run(
    paths.kubectl,
    ['apply', '--server-side', '--namespace', namespace, '-f', '-'],
    await manifests(values, namespace),
  );

const [helm3, helm4] = helms;
if (helm3 === undefined || helm4 === undefined) throw new Error('two versions of Helm are compared');

/** The ways to bring a change to the cluster, and the one that does the upgrade after the number was handed over. */
const ways: readonly { readonly name: string; readonly deploy: Deploy; readonly afterHandOver: Deploy }[] = [
  // Helm 3 always asks to delete a field that left the manifest. Helm 4 takes over its release for one upgrade.
  { name: 'Helm 3', deploy: byHelm(helm3), afterHandOver: byHelm(helm4, '--server-side=true') },
  { name: 'Helm 4', deploy: byHelm(helm4), afterHandOver: byHelm(helm4) },
  { name: 'kubectl apply --server-side', deploy: byKubectl, afterHandOver: byKubectl },
];

async function must(outcome: Promise<Outcome>): Promise<void> {
  expect(await outcome).toMatchObject({ code: 0 });
}

/** Waits until that many pods are wanted and there, and the autoscaler, if any, has seen it. */
function running(namespace: string, replicas: number): Promise<void> {
  return eventually(async () => {
    const { spec, status } = await apps.readNamespacedDeployment({ name: 'medkg-api', namespace });
    expect([spec?.replicas, status?.availableReplicas]).toEqual([replicas, replicas]);
    const { items } = await autoscaling.listNamespacedHorizontalPodAutoscaler({ namespace });
    expect(items.map((item) => item.status?.currentReplicas)).toEqual(items.map(() => replicas));
  });
}

const namespaces: string[] = [];
afterAll(() => Promise.all(namespaces.map(removeNamespace)));

describe.each(ways)('$name', ({ name, deploy, afterHandOver }) => {
  const conflicts = name !== 'Helm 3';
  let namespace: string;

  beforeAll(async () => {
    namespace = await makeNamespace('switch');
    namespaces.push(namespace);
  });

  test('switching the autoscaler on takes all pods but one away, until it has looked', async () => {
    await must(deploy(namespace, byHand(6)));
    await running(namespace, 6);
    const lowest = await lowestReady(namespace, async () => {
      await must(deploy(namespace, byAutoscaler(6)));
      await running(namespace, 6);
    });
    expect(lowest['api']).toBe(1);
    const autoscaler = await autoscaling.readNamespacedHorizontalPodAutoscaler({
      name: 'medkg-api',
      namespace,
    });
    const active = autoscaler.status?.conditions?.find(({ type }) => type === 'ScalingActive');
    expect(active?.message).toMatch(documented('no-metrics-adapter'));
  });

  test('switching it off takes no pod away: it is deleted first, and the number that runs is kept', async () => {
    await must(deploy(namespace, byAutoscaler(8)));
    await running(namespace, 8);
    const lowest = await lowestReady(namespace, async () => {
      const { stdout } = await runDocumented('freeze', { NAMESPACE: namespace, DEPLOYMENT: 'medkg-api' });
      await must(deploy(namespace, byHand(Number(stdout))));
      await running(namespace, 8);
    });
    expect(lowest['api']).toBe(8);
    expect((await autoscaling.listNamespacedHorizontalPodAutoscaler({ namespace })).items).toEqual([]);
  });

  test('switching it on after the number was handed over takes no pod away, then and later', async () => {
    await must(deploy(namespace, byHand(6)));
    await running(namespace, 6);
    const lowest = await lowestReady(namespace, async () => {
      await runDocumented('hand-over', { NAMESPACE: namespace, DEPLOYMENT: 'medkg-api' });
      await must(afterHandOver(namespace, byAutoscaler(6)));
      await running(namespace, 6);
      await must(deploy(namespace, byAutoscaler(6, { podAnnotations: { changed: 'yes' } })));
      await running(namespace, 6);
    });
    expect(lowest['api']).toBe(6);
    await must(deploy(namespace, byAutoscaler(8)));
    await running(namespace, 8);
    const { code, stderr } = await deploy(namespace, byHand(6));
    expect(code !== 0).toBe(conflicts);
    if (conflicts) expect(stderr).toMatch(documented('autoscaler-owns-replicas'));
  });
});
