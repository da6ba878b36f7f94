import { changes, whole, type Change } from './changes';
import { eventually, settled } from './eventually';
import { type Helm, Release } from './helm';
import { makeNamespace, removeNamespace } from './namespace';
import { difference, rolled, snapshot, versions, type Snapshot } from './objects';
import { podsOfServices, replaced, type PodsOfServices } from './pods';
import { warningsIn } from './run';
import { selections } from './selection';
import { available, podsIn } from './workloads';

/** Tens of gigabytes that stay when their release goes. */
const CLAIM = 'PersistentVolumeClaim/qwen-embed-vllm-model';

/** A release at rest: its objects, and its pods. */
interface State {
  readonly objects: Snapshot;
  readonly pods: PodsOfServices;
}

/**
 * One change after the other, each from prod's own values: an upgrade makes a change and undoes the one before. What
 * it comes to is compared with the release as it was installed, so that nothing of an earlier change may be left.
 */
export function upgradesOfProd(helm: Helm): void {
  let namespace: string;
  let release: Release;
  let installed: State;
  let last: State;
  let lastRolled: readonly string[] = [];

  beforeAll(async () => {
    namespace = await makeNamespace('upgrade');
    release = new Release(helm, namespace);
    await release.install({ environment: 'prod' });
    await available(namespace);
    last = installed = await look();
  });
  afterAll(async () => {
    await release.clean();
    await removeNamespace(namespace);
  });

  async function look(): Promise<State> {
    const objects = await snapshot(namespace);
    return { objects, pods: await podsOfServices(namespace) };
  }

  /** Waits for the end of a change, and compares it with what is expected. */
  async function expectEffect(effect: Change['effect']): Promise<void> {
    await available(namespace);
    const now = await eventually(async () => {
      const state = await look();
      expect(difference(installed.objects, state.objects)).toEqual(whole(effect));
      return state;
    });
    const before = last;
    // A service that was not there is not rolled.
    const rolls = union(lastRolled, effect.rolled ?? []).filter((name) => before.pods.has(name));
    last = now;
    lastRolled = effect.rolled ?? [];
    expect(rolled(before.objects, now.objects)).toEqual(rolls);
    expect(replaced(before.pods, now.pods)).toEqual(rolls);
  }

  test.each(changes)('$name', async ({ values, effect }) => {
    expect(warningsIn(await release.upgrade(values))).toEqual([]);
    await expectEffect(effect);
  });

  test('a rollback goes back to the revision before', async () => {
    expect(warningsIn(await release.rollback())).toEqual([]);
    await expectEffect(changes.at(-2)?.effect ?? {});
  });

  test('the same variable twice is refused before anything is written', async () => {
    const before = await settled(async () => versions(await snapshot(namespace)));
    const variable = { name: 'TZ', value: 'UTC' };
    const outcome = await release.tryUpgrade({
      environment: 'prod',
      overrides: {
        defaults: { extraEnv: [variable] },
        services: { extract: { extraEnv: [variable, { name: 'CONFIG_ENV', value: 'mine' }] } },
      },
    });
    expect(outcome.code).not.toBe(0);
    expect(outcome.stderr).toMatch(
      /services\.extract\.extraEnv must not give a variable.*: CONFIG_ENV, TZ$/m,
    );
    expect(await settled(async () => versions(await snapshot(namespace)))).toEqual(before);
  });

  test('another name replaces every object, and neither the old ones nor the new take pods of the others', async () => {
    const [old, oldPods] = [last.objects, await podsIn(namespace)];
    await release.upgrade({ environment: 'prod', overrides: { fullnameOverride: 'other' } });
    await available(namespace);
    await eventually(async () => {
      const names = [...(await snapshot(namespace)).keys()];
      expect(names.filter((name) => !/\/other-/.test(name))).toEqual([CLAIM]);
    });
    const objects = [...old.values(), ...(await snapshot(namespace)).values()];
    const found = selections(objects, [...oldPods, ...(await podsIn(namespace))]);
    expect(found.filter(({ own }) => !own)).toEqual([]);
    expect(found.length).toBeGreaterThan(2 * oldPods.length);
  });

  test('the old name brings back what was, with the claim that had stayed', async () => {
    const uid = last.objects.get(CLAIM)?.metadata.uid;
    await release.upgrade({ environment: 'prod' });
    await available(namespace);
    await eventually(async () => {
      const now = await snapshot(namespace);
      expect(difference(installed.objects, now)).toEqual(whole({ added: [CLAIM.replace('/', '/other-')] }));
      expect(now.get(CLAIM)?.metadata.uid).toBe(uid);
    });
  });
}

function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())].sort();
}
