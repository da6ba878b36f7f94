import { api } from '../../lib/platform/services/api';
import { bothHelms } from './support/both-helms';
import { apps } from './support/cluster';
import { whereWeStarted } from './support/control-plane';
import { paths } from './support/environment';
import { eventually } from './support/eventually';
import { helms, Release } from './support/helm';
import { apply, kubectl } from './support/kubectl';
import { makeNamespace, removeNamespace } from './support/namespace';
import { only } from './support/only';
import { lowestReady } from './support/sampler';
import { carryOut, expectHealthy } from './support/remedies';
import { run } from './support/run';
import { documented } from './support/troubleshooting';
import { COMPONENT, podsIn } from './support/workloads';

const fixed = (replicas: number): object => ({ scaling: { mode: 'fixed', fixed: { replicas } } });
/** Short enough for a test, and longer than its pods take. */
const DEADLINE = { progressDeadlineSeconds: 12 };

describe('with each Helm', () => {
  const { each } = bothHelms('fault');

  test('an image cannot be pulled: the old pods go on serving, and a rollback ends it', async () => {
    const values = only({ api: fixed(3), mineru: { ...fixed(2), enabled: true } });
    const wrong = {
      image: { tag: 'typo' },
      podAnnotations: { 'fake/not-ready': 'ErrImagePull' },
      ...DEADLINE,
    };
    const mistaken = only({
      api: { ...fixed(3), ...wrong },
      mineru: { ...fixed(2), enabled: true, ...wrong },
    });
    await each(async (release) => {
      const { helm, namespace } = release;
      await release.install(values);
      const tryAndGoBack = async (): Promise<void> => {
        // Helm 3 does not look at the deadline of the rollout, but waits for its own.
        const { stderr } = await release.tryUpgrade(
          mistaken,
          ...(helm.name === 'Helm 3' ? ['--timeout=20s'] : []),
        );
        expect(stderr).toMatch(documented('rollout-stands-still', helm));
        const pods = await carryOut('pods', release, mistaken);
        expect(pods.stdout).toMatch(documented('image-not-pulled'));
        const rollout = await run(paths.kubectl, [
          ...['rollout', 'status', 'deployment', 'medkg-api', '--namespace', namespace],
        ]);
        expect(rollout.stderr).toMatch(documented('deadline-exceeded'));
        await carryOut('take-back', release, values);
      };
      const { api, mineru } = await lowestReady(namespace, tryAndGoBack);
      // The API gets a pod more during an update; a server on a GPU gives one up for it.
      expect([api, mineru]).toEqual([3, 1]);
      await expectHealthy(release, values);
    });
  });
});

describe('with one Helm', () => {
  let release: Release;
  let namespace: string;
  const made: string[] = [];
  beforeEach(async () => {
    const [helm] = helms.slice(-1);
    if (helm === undefined) throw new Error('no Helm');
    namespace = await makeNamespace('fault');
    made.push(namespace);
    release = new Release(helm, namespace);
  });
  afterAll(() => Promise.all(made.map(removeNamespace)));

  const apiPods = (): ReturnType<typeof podsIn> => podsIn(namespace, `${COMPONENT}=api`);

  test('a quota is used up in the middle of an update: what serves stays, and a larger quota lets it go on', async () => {
    const values = only({ api: fixed(3) });
    const changed = only({
      api: { ...fixed(3), ...DEADLINE, podAnnotations: { 'fake/ready-after': '4s' } },
    });
    await release.install(values);
    const old = new Set((await apiPods()).map(({ metadata }) => metadata?.name));
    const lowest = await lowestReady(namespace, async () => {
      const upgrade = release.tryUpgrade(changed);
      await eventually(async () => {
        expect(await apiPods()).toHaveLength(4);
      });
      await kubectl(['create', 'quota', 'limit', '--hard=pods=3', '--namespace', namespace]);
      expect((await upgrade).stderr).toMatch(documented('rollout-stands-still', release.helm));
      const { status } = await apps.readNamespacedDeployment({ name: 'medkg-api', namespace });
      const failure = status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
      expect(failure?.message).toMatch(documented('quota-on-pods'));
      const pods = (await apiPods()).map(({ metadata }) => metadata?.name);
      expect(pods).toHaveLength(3);
      expect(pods.filter((name) => !old.has(name))).not.toEqual([]);
      expect(pods.filter((name) => old.has(name))).not.toEqual([]);

      await kubectl([
        'patch',
        'quota',
        'limit',
        '--namespace',
        namespace,
        '--patch',
        '{"spec":{"hard":{"pods":"9"}}}',
      ]);
      await carryOut('try-pods-again', release, changed);
      await carryOut('again', release, changed);
    });
    expect(lowest['api']).toBe(3);
    await expectHealthy(release, changed);
  });

  /** The Secret that the platform's people make, or an operator of the cluster. */
  const makeSecret = (name: string, keys: readonly string[]): Promise<unknown> =>
    apply(
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name },
        stringData: Object.fromEntries(keys.map((key) => [key, 'secret'])),
      }),
      '--namespace',
      namespace,
    );
  const missing = async (values: ReturnType<typeof only>): Promise<string[]> =>
    (await carryOut('missing-secrets', release, values)).stdout.split('\n').filter((line) => line !== '');

  test('a Secret is missing: Helm tells its keys, and the page a command that finds what is still missing', async () => {
    const values = only({ api: {} }, { secrets: { existingSecret: 'credentials' } });
    const { stdout } = await release.install(values);
    expect(stdout).toMatch(documented('secret-to-make'));
    for (const key of api.secrets) expect(stdout).toContain(`\n  ${key}\n`);
    const [first = '', ...others] = [...api.secrets].sort();
    expect(await missing(values)).toEqual([first, ...others].map((key) => `credentials ${key}`));
    await makeSecret('credentials', others);
    expect(await missing(values)).toEqual([`credentials ${first}`]);
    await makeSecret('credentials', [first, ...others]);
    expect(await missing(values)).toEqual([]);
    await expectHealthy(release, values);
  });

  test('nobody fetches the secrets: the requests stand there without a status', async () => {
    const values = only({ api: {} }, { secrets: { backend: 'externalSecrets' } });
    await release.install(values);
    const requests = await carryOut('external-secrets', release, values);
    expect(requests.stdout).toMatch(documented('secrets-not-fetched'));
    expect(await missing(values)).toEqual([...api.secrets].sort().map((key) => `medkg-api-secrets ${key}`));
    await makeSecret('medkg-api-secrets', api.secrets);
    expect(await missing(values)).toEqual([]);
    await expectHealthy(release, values);
  });

  whereWeStarted(
    'a node is lost: its pods are replaced elsewhere, and taken off it once it is said to be gone',
    async () => {
      const soon = ['not-ready', 'unreachable'].map((condition) => ({
        key: `node.kubernetes.io/${condition}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 5,
      }));
      const values = only({ api: fixed(3) }, { defaults: { tolerations: soon } });
      await release.install(values);
      const [victim] = await apiPods();
      const NODE = victim?.spec?.nodeName ?? '';
      try {
        const lowest = await lowestReady(namespace, async () => {
          // Nobody plays the kubelet of a node with this label.
          await kubectl(['label', 'node', NODE, 'real-node=lost']);
          await eventually(async () => {
            expect((await kubectl(['get', 'node', NODE])).stdout).toMatch(documented('node-lost'));
          }, 150);
          await eventually(async () => {
            const elsewhere = (await apiPods()).filter(({ spec }) => spec?.nodeName !== NODE);
            expect(elsewhere.map(({ status }) => status?.phase)).toEqual(['Running', 'Running', 'Running']);
          });
          const stuck = await carryOut('pods-on-node', release, values, { NODE });
          expect(stuck.stdout).toMatch(documented('pods-stuck'));
          await carryOut('node-is-gone', release, values, { NODE });
          await eventually(async () => {
            expect((await apiPods()).filter(({ spec }) => spec?.nodeName === NODE)).toEqual([]);
          }, 90);
        });
        expect(lowest['api']).toBe(2);
        await kubectl(['label', 'node', NODE, 'real-node-']);
        await carryOut('node-is-back', release, values, { NODE });
      } finally {
        // Also when the taint was never set: its removal then fails, which is no error.
        await kubectl(['label', 'node', NODE, 'real-node-']);
        await run(paths.kubectl, ['taint', 'node', NODE, 'node.kubernetes.io/out-of-service-']);
      }
      await kubectl(['wait', 'node', NODE, '--for=condition=Ready', '--timeout=60s']);
      await expectHealthy(release, values);
    },
  );
});
