import { setTimeout as sleep } from 'node:timers/promises';
import { bothHelms } from './support/both-helms';
import { killApiServer, whereWeStarted } from './support/control-plane';
import { eventually } from './support/eventually';
import { helms, Release, type Values } from './support/helm';
import { killable } from './support/killable';
import { apply, kubectl } from './support/kubectl';
import { only } from './support/only';
import { paths } from './support/environment';
import { checkRemainsOf, remainsOf } from './support/remains';
import { carryOut, expectHealthy } from './support/remedies';
import { run } from './support/run';
import { silentWebhook } from './support/silent-webhook';
import { documented } from './support/troubleshooting';
import { available, deploymentsIn } from './support/workloads';

/** Long enough that something can happen while Helm waits. */
const slow = (delay: string): object => ({ podAnnotations: { 'fake/ready-after': delay } });
const values = only({ api: {} });

async function statusOf({ helm, name, namespace }: Release): Promise<string> {
  const args = ['status', name, '--namespace', namespace];
  const { stdout, stderr } = await run(helm.program, args);
  return /^STATUS: (.+)$/m.exec(stdout)?.[1] ?? stderr;
}

function reaches(release: Release, status: string): Promise<void> {
  return eventually(async () => {
    expect(await statusOf(release)).toBe(status);
  });
}

/** Lends a Helm that can be killed. */
async function whileKilled(
  { helm, namespace }: Release,
  act: (killed: Release, kill: () => void) => Promise<void>,
): Promise<void> {
  const mortal = killable(helm);
  try {
    await act(new Release(mortal.helm, namespace), mortal.kill);
  } finally {
    mortal.remove();
  }
}

const { each, namespaces } = bothHelms('interrupt');

whereWeStarted('the API server is killed in the middle of an install', async (state) => {
  const late = only({ api: slow('8s'), parser: slow('8s') });
  const installs = each((release) => release.tryInstall(late, '--timeout=12s'));
  await each(({ namespace }) =>
    eventually(async () => {
      expect(await deploymentsIn(namespace)).toHaveLength(2);
    }),
  );
  // They are the last that Helm makes: from here on it waits for their pods, once it has read the answer.
  await sleep(1000);
  const restart = killApiServer(state);
  try {
    await eventually(async () => {
      const { stderr } = await run(paths.kubectl, ['get', 'pods']);
      expect(stderr).toMatch(documented('api-server-away'));
    });
    const ended = await installs;
    for (const [index, { code, stderr }] of ended.entries()) {
      expect(code).not.toBe(0);
      expect(stderr).toMatch(documented('install-cut-off', helms[index]));
    }
  } finally {
    await restart();
  }
  await each(async (release) => {
    expect(await statusOf(release)).toBe('pending-install');
    const { stderr } = await release.tryUpgrade(values);
    expect(stderr).toMatch(documented('another-operation'));
    // What was starting goes on. Controllers call a server that was away less and less often, at last every 30 to 60 s.
    await available(release.namespace, 150);
    // What the crash may as well have prevented.
    await kubectl(['delete', 'service', 'medkg-api', '--namespace', release.namespace]);
    await carryOut('finish-install', release, late);
    await expectHealthy(release, late);
    await release.upgrade(values);
    await expectHealthy(release, values);
  });
});

test('two at a time: the second is turned away, and the first ends well', async () => {
  // Time for two more calls of Helm, also on a busy machine.
  const late = only({ api: slow('12s') });
  await each(async (release) => {
    const install = release.install(late);
    await reaches(release, 'pending-install');
    expect((await release.tryInstall(late)).stderr).toMatch(documented('name-in-use', release.helm));
    expect((await release.tryUpgrade(late)).stderr).toMatch(documented('another-operation'));
    await install;
    const upgrade = release.upgrade(only({ api: slow('13s') }));
    await reaches(release, 'pending-upgrade');
    expect((await release.tryUpgrade(values)).stderr).toMatch(documented('another-operation'));
    await upgrade;
    await expectHealthy(release, values);
  });
});

test('Helm is killed in the hook of an install', async () => {
  const checked = (annotations: object): Values =>
    only({ api: {} }, { hooks: { validateConfiguration: true }, defaults: { podAnnotations: annotations } });
  const left = ['ConfigMap', 'Job', 'Pod', 'ServiceAccount'].map((kind) => [kind, 'configuration-check']);
  await each(async (release) => {
    await whileKilled(release, async (killed, kill) => {
      const install = killed.tryInstall(checked({ 'fake/run-for': '60s' }));
      await eventually(async () => {
        expect(await remainsOf(release)).toEqual(left);
      });
      kill();
      expect((await install).code).not.toBe(0);
    });
    expect((await release.tryInstall(values)).stderr).toMatch(documented('name-in-use', release.helm));
    await carryOut('remove-half-install', release, values);
    expect(await remainsOf(release)).toEqual(left);
    await carryOut('again', release, checked({}));
    await expectHealthy(release, checked({}));
    expect(await checkRemainsOf(release)).toEqual(['NetworkPolicy']);
  });
});

test('Helm is killed in the middle of an upgrade', async () => {
  await each(async (release) => {
    await release.install(values);
    await whileKilled(release, async (killed, kill) => {
      const upgrade = killed.tryUpgrade(only({ api: slow('60s') }));
      await reaches(release, 'pending-upgrade');
      kill();
      expect((await upgrade).code).not.toBe(0);
    });
    expect((await release.tryUpgrade(values)).stderr).toMatch(documented('another-operation'));
    await carryOut('take-back', release, values);
    await expectHealthy(release, values);
  });
});

test('objects that were made without Helm are in the way, until it may take them over', async () => {
  await each(async (release) => {
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'medkg-api' } };
    await apply(JSON.stringify(account), '--namespace', release.namespace);
    expect((await release.tryInstall(values)).stderr).toMatch(
      documented('not-of-this-release', release.helm),
    );
    await carryOut('take-over', release, values);
    await expectHealthy(release, values);
    // Without Helm's record, the objects still say whose they are.
    await kubectl(['delete', 'secret', '--selector', 'owner=helm', '--namespace', release.namespace]);
    await carryOut('again', release, values);
    await expectHealthy(release, values);
  });
});

/** Waits until the API server asks the webhook about Services. */
function isAsked(namespace: string): Promise<void> {
  const args = [
    'create',
    'service',
    'clusterip',
    'probe',
    '--tcp=80',
    '--dry-run=server',
    '--namespace',
    namespace,
  ];
  return eventually(async () => {
    expect((await run(paths.kubectl, args)).code).not.toBe(0);
  });
}

whereWeStarted('a webhook never answers', async (state) => {
  const webhook = await silentWebhook(state);
  const [name = ''] = namespaces();
  const rules = [
    {
      apiGroups: [''],
      apiVersions: ['v1'],
      operations: ['CREATE'],
      resources: ['services'],
      scope: 'Namespaced',
    },
  ];
  const expression = { key: 'kubernetes.io/metadata.name', operator: 'In', values: namespaces() };
  const configuration = {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name },
    webhooks: [
      {
        name: 'silent.example.org',
        clientConfig: { url: webhook.url, caBundle: webhook.caBundle },
        rules,
        namespaceSelector: { matchExpressions: [expression] },
        timeoutSeconds: 1,
        failurePolicy: 'Fail',
        sideEffects: 'None',
        admissionReviewVersions: ['v1'],
      },
    ],
  };
  try {
    await apply(JSON.stringify(configuration));
    await each(async (release) => {
      await isAsked(release.namespace);
      expect((await release.tryInstall(values)).stderr).toMatch(documented('webhook-silent'));
      expect(await statusOf(release)).toBe('failed');
      const found = await carryOut('find-webhook', release, values, { WEBHOOK: 'silent.example.org' });
      expect(found.stdout).toBe(`ValidatingWebhookConfiguration ${name}: silent.example.org\n`);
    });
    await each((release) => carryOut('ignore-webhook', release, values, { CONFIGURATION: name }));
    await each((release) => carryOut('again', release, values));
    await each((release) => expectHealthy(release, values));
  } finally {
    await kubectl(['delete', 'validatingwebhookconfiguration', name, '--ignore-not-found']);
    webhook.stop();
  }
});
