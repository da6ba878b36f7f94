import type { V1Pod } from '@kubernetes/client-node';
import { bothHelms } from './support/both-helms';
import { batch } from './support/cluster';
import { eventually } from './support/eventually';
import { failingHook } from './support/failing-hook';
import { follow } from './support/follow';
import type { Release } from './support/helm';
import { apply, kubectl } from './support/kubectl';
import { only } from './support/only';
import { checkRemainsOf } from './support/remains';
import { carryOut, expectHealthy } from './support/remedies';
import { documented } from './support/troubleshooting';
import { COMPONENT } from './support/workloads';

const CHECK = 'configuration-check';
const { each } = bothHelms('hook');
const withHook = (hooks: object, more: object = {}): ReturnType<typeof only> =>
  only({ api: {} }, { hooks: { validateConfiguration: true, ...hooks }, ...more });

/** A pod as the check's, that the restricted standard lets in. */
const probe = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'probe', labels: { [COMPONENT]: CHECK } },
  spec: {
    securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [
      {
        name: 'probe',
        image: 'probe',
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      },
    ],
  },
};

/** From now on the pods of the check fail. */
async function failChecks({ namespace }: Release): Promise<void> {
  await apply(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: failingHook(namespace) }));
  await eventually(async () => {
    const args = ['create', '--dry-run=server', '--output=json', '--namespace', namespace, '-f', '-'];
    expect((await kubectl(args, JSON.stringify(probe))).stdout).toContain('fake/exit-code');
  });
}

async function failChecksNoLonger({ namespace }: Release): Promise<void> {
  const kinds = 'mutatingadmissionpolicybinding,mutatingadmissionpolicy';
  await kubectl(['delete', kinds, namespace, '--ignore-not-found']);
}

test('the check fails twice and succeeds the third time: the install waits, and is well', async () => {
  const values = withHook({ backoffLimit: 2 });
  await each(async (release) => {
    const { namespace } = release;
    const ends = new Map<string, string | undefined>();
    const { stop } = await follow<V1Pod>(
      `/api/v1/namespaces/${namespace}/pods`,
      `${COMPONENT}=${CHECK}`,
      (pods) => {
        for (const [name, { status }] of pods) ends.set(name, status?.phase);
      },
    );
    try {
      await failChecks(release);
      const install = release.install(values);
      await eventually(async () => {
        const { status } = await batch.readNamespacedJob({ name: `medkg-${CHECK}`, namespace });
        expect(status?.failed).toBe(2);
      });
      expect((await carryOut('check-pods', release, values)).stdout).toMatch(documented('check-tries-again'));
      await failChecksNoLonger(release);
      await install;
      expect([...ends.values()].sort()).toEqual(['Failed', 'Failed', 'Succeeded']);
    } finally {
      await failChecksNoLonger(release);
      stop();
    }
    await expectHealthy(release, values);
    expect(await checkRemainsOf(release)).toEqual(['NetworkPolicy']);
  });
});

test('the check does not end in time', async () => {
  const endless = withHook(
    { activeDeadlineSeconds: 10 },
    { defaults: { podAnnotations: { 'fake/run-for': '120s' } } },
  );
  await each(async (release) => {
    const { stderr } = await release.tryInstall(endless);
    expect(stderr).toMatch(documented('check-too-slow', release.helm));
    await eventually(async () => {
      expect(await checkRemainsOf(release)).toEqual([]);
    });
    await carryOut('again', release, withHook({}));
    await expectHealthy(release, withHook({}));
  });
});

test('the check is refused: its objects stay, and the next install replaces them', async () => {
  await each(async (release) => {
    const quota = ['quota', 'limit', '--namespace', release.namespace];
    await kubectl(['create', ...quota, '--hard=count/jobs.batch=0']);
    const { stderr } = await release.tryInstall(withHook({}), release.helm.undo);
    expect(stderr).toMatch(documented('hook-refused', release.helm));
    await eventually(async () => {
      expect(await checkRemainsOf(release)).toEqual(['ConfigMap', 'ServiceAccount']);
    });
    await kubectl(['delete', ...quota]);
    await carryOut('again', release, withHook({}));
    await expectHealthy(release, withHook({}));
    expect(await checkRemainsOf(release)).toEqual(['NetworkPolicy']);
  });
});
