import { environments } from './support/environment';
import { batch } from './support/cluster';
import { eventually, settled } from './support/eventually';
import { helms, Release } from './support/helm';
import { makeNamespace, removeNamespace } from './support/namespace';
import { difference, everythingIn, rolled, snapshot, versions } from './support/objects';
import { warningsIn } from './support/run';
import { available } from './support/workloads';

/** What stays after an uninstall: tens of gigabytes that would have to be fetched again. */
const STAYS = {
  dev: [],
  staging: ['PersistentVolumeClaim/qwen-embed-vllm-model'],
  prod: ['PersistentVolumeClaim/qwen-embed-vllm-model'],
};

describe.each(helms)('$name', (helm) => {
  describe.each(environments)('%s', (environment) => {
    let namespace: string;
    let release: Release;

    beforeAll(async () => {
      namespace = await makeNamespace('life');
      release = new Release(helm, namespace);
    });
    afterAll(async () => {
      await release.clean();
      await removeNamespace(namespace);
    });

    test('install: every workload available, no hook left, no warning', async () => {
      const outcome = await release.install({ environment });
      expect(warningsIn(outcome)).toEqual([]);
      await available(namespace);
      const jobs = (await batch.listNamespacedJob({ namespace })).items;
      expect(jobs.filter(({ metadata }) => metadata?.annotations?.['helm.sh/hook'] !== undefined)).toEqual(
        [],
      );
      await eventually(async () => {
        const { items } = await batch.listNamespacedJob({ namespace });
        expect(items.filter(({ status }) => status?.succeeded !== 1)).toEqual([]);
      });
    });

    test('helm test passes, and its pod goes', async () => {
      const before = await snapshot(namespace);
      expect(warningsIn(await release.test())).toEqual([]);
      expect(difference(before, await snapshot(namespace))).toEqual({ added: [], removed: [], changed: [] });
    });

    test('an upgrade that changes nothing writes nothing', async () => {
      const before = await settled(async () => versions(await snapshot(namespace)));
      expect(warningsIn(await release.upgrade({ environment }))).toEqual([]);
      expect(await settled(async () => versions(await snapshot(namespace)))).toEqual(before);
    });

    test('a rollback restores what was', async () => {
      const before = await snapshot(namespace);
      await release.upgrade({
        environment,
        overrides: { defaults: { extraEnv: [{ name: 'CHANGED', value: 'yes' }] } },
      });
      await release.rollback(1);
      await available(namespace);
      const after = await snapshot(namespace);
      expect(difference(before, after)).toEqual({ added: [], removed: [], changed: [] });
      expect(rolled(before, after)).not.toEqual([]);
    });

    test('uninstall leaves nothing but the cache of models', async () => {
      await release.uninstall();
      await eventually(async () => {
        const left = await everythingIn(namespace);
        expect(
          left.map(({ kind, metadata }) => `${kind}/${(metadata.name ?? '').replace(/^medkg-/, '')}`),
        ).toEqual(STAYS[environment]);
      });
    });
  });
});
