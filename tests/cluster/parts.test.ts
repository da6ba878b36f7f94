import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { V1StatefulSet } from '@kubernetes/client-node';
import type { JsonObject } from '../../lib/engine';
import { example } from '../parts/example';
import { done } from '../support/page';
import { apps } from './support/cluster';
import { eventually } from './support/eventually';
import { helms, Release, type Values } from './support/helm';
import { makeNamespace, removeNamespace } from './support/namespace';
import { everythingIn } from './support/objects';
import { warningsIn } from './support/run';
import { available, deploymentsIn } from './support/workloads';

/** The example of a part, on a chart with the part in it, made as docs/contributing.md says. */

const { folder, umbrella, render } = done('Add a part');
const chart = join(folder, 'chart');
for (const [path, text] of render.completeChart(umbrella.describePlatform(), new Map())) {
  mkdirSync(dirname(join(chart, path)), { recursive: true });
  writeFileSync(join(chart, path), text);
}

const [NAME, PORT] = ['medkg-example', 6379];

function valuesOf(overrides: JsonObject = {}): Values {
  return { environment: 'dev', chart, overrides };
}

async function cachesIn(namespace: string): Promise<V1StatefulSet[]> {
  return (await apps.listNamespacedStatefulSet({ namespace })).items;
}

/** What each service is told, where it is told anything. */
async function toldIn(namespace: string): Promise<string[]> {
  const deployments = await deploymentsIn(namespace);
  const told = deployments.flatMap(({ spec }) =>
    (spec?.template.spec?.containers ?? []).flatMap(({ env = [] }) =>
      env.flatMap(({ name, value = '' }) => (name === 'REDIS_URL' ? [value] : [])),
    ),
  );
  return [...new Set(told)];
}

describe.each(helms)('$name', (helm) => {
  let namespace: string;
  let release: Release;
  beforeAll(async () => {
    namespace = await makeNamespace('part');
    release = new Release(helm, namespace);
  });
  afterAll(async () => {
    await release.clean();
    await removeNamespace(namespace);
  });

  test('on: its pods are ready, and services are told of it', async () => {
    const { on } = example.variants;
    const outcome = await release.install(valuesOf(on));
    expect(warningsIn(outcome)).toEqual([]);
    expect(outcome.stdout).toContain('A cache of 3 pods runs in the cluster');
    await available(namespace);
    await eventually(async () => {
      const [cache] = await cachesIn(namespace);
      expect([cache?.metadata?.name, cache?.status?.readyReplicas]).toEqual([NAME, 3]);
    });
    expect(await toldIn(namespace)).toEqual([`redis://${NAME}:${String(PORT)}`]);
  });

  test('external: it goes, and services are told of the other one', async () => {
    const { external } = example.variants;
    expect(warningsIn(await release.upgrade(valuesOf(external)))).toEqual([]);
    await available(namespace);
    expect(await cachesIn(namespace)).toEqual([]);
    expect(await toldIn(namespace)).toEqual(['redis://cache.example.org:6379']);
  });

  test('on and external: refused, with what to do', async () => {
    const { on, external } = example.variants;
    const outcome = await release.tryUpgrade(valuesOf({ ...external, ...on }));
    expect(outcome.code).not.toBe(0);
    expect(outcome.stderr).toContain('external.redisUrl must be empty while example.enabled is true');
  });

  test('off: services are told of none, and an uninstall leaves nothing', async () => {
    await release.upgrade(valuesOf(example.variants.off));
    await available(namespace);
    expect(await toldIn(namespace)).toEqual([]);
    await release.uninstall();
    await eventually(async () => {
      expect(await everythingIn(namespace)).toEqual([]);
    });
  });
});
