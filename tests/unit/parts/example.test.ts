import { join } from 'node:path';
import type * as Analysis from '../../../lib/analysis/disruption';
import { allServices } from '../../../lib/platform/services';
import { type JsonObject, isJsonObject } from '../../../lib/engine';
import { finalValues } from '../../../lib/engine/renderers';
import { readFileSync } from 'node:fs';
import { example } from '../../parts/example';
import { done } from '../../support/page';

/** A part does what its page says: whoever follows it finds everything derived. */

const { folder, blocks, umbrella, render, engine, medkg } = done('Add a part');
const { disruptionsOf } = jest.requireActual<typeof Analysis>(join(folder, 'lib/analysis/disruption'));

const description = umbrella.describePlatform();
const chart = render.completeChart(description, new Map());
const defaults = umbrella.defaultValues() as unknown as JsonObject;
const release = { name: 'medkg', namespace: 'medkg' };
const callers = allServices()
  .filter(({ calls }) => calls.includes('redis'))
  .map(({ name }) => name);

function scopeOf(values: JsonObject): ReturnType<typeof render.platformScope> {
  return render.platformScope(finalValues(umbrella.catalogue, values), release);
}

function objectsOf(values: JsonObject): JsonObject[] {
  return engine.renderObjects(description, scopeOf(values)).map(({ object }) => object);
}

/** What stands at a path of an object. */
function at(object: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (value, step) => (value as Readonly<Record<string | number, unknown>> | undefined)?.[step],
    object,
  );
}

const named = (objects: readonly JsonObject[], kind: string, name: string): JsonObject | undefined =>
  objects.find((object) => object['kind'] === kind && at(object, 'metadata', 'name') === name);

/** The variable with the address, by service. */
function addresses(objects: readonly JsonObject[]): Record<string, unknown> {
  return Object.fromEntries(
    allServices().flatMap(({ name }) => {
      const pod = named(objects, 'Deployment', `medkg-${name}`);
      const env = at(pod, 'spec', 'template', 'spec', 'containers', 0, 'env') as JsonObject[] | undefined;
      const variable = env?.find((each) => each['name'] === 'REDIS_URL');
      return variable === undefined ? [] : [[name, variable['value']]];
    }),
  );
}

/** The components that a policy lets in, or out to, at the port of the cache. */
function componentsAt6379(policy: JsonObject | undefined, direction: 'ingress' | 'egress'): unknown[] {
  const rules = (at(policy, 'spec', direction) ?? []) as JsonObject[];
  return rules
    .filter((rule) => at(rule, 'ports', 0, 'port') === 6379)
    .flatMap((rule) => rule[direction === 'ingress' ? 'from' : 'to'] as JsonObject[])
    .map((end) => at(end, 'podSelector', 'matchLabels', 'app.kubernetes.io/component') ?? 'outside');
}

test('the page has commands, and one change of the index', () => {
  expect(blocks.map(({ kind, file }) => [kind, file])).toEqual([
    ['sh', ''],
    ['diff', 'lib/parts/index.ts'],
  ]);
  expect(callers.length).toBeGreaterThan(0);
});

test('its slice is in the values, with comments, in the schema and in the table of the README', () => {
  expect(defaults['example']).toEqual(example.values.defaults);
  expect(umbrella.valuesJsonSchema()).toHaveProperty('properties.example.properties.replicas.maximum', 9);
  expect(chart.get('values.yaml')).toMatch(
    /^# -- Values of the chart inside, charts\/example.*\nexample:\n {2}# -- .*\n {2}enabled: false$/m,
  );
  expect(chart.get('README.md')).toMatch(/^\| `example\.replicas` \|/m);
});

test('its objects are templates of a chart inside, and the helper of its address is one of the platform', () => {
  expect([...chart.keys()].filter((path) => path.startsWith('charts/example/templates/cache/'))).toEqual([
    'charts/example/templates/cache/service.yaml',
    'charts/example/templates/cache/stateful-set.yaml',
    'charts/example/templates/cache/network-policy.yaml',
  ]);
  expect(chart.get('charts/example/values.schema.json')).toContain('"additionalProperties": false');
  expect(chart.get('charts/example/README.md')).toMatch(/^\| `memory` \|/m);
  expect(chart.get('Chart.yaml')).toMatch(/^dependencies:\n {2}- name: example\n/m);
  expect(chart.get('templates/_helpers.tpl')).toContain('{{- define "medical-kg.cacheUrl" -}}');
});

test('off: nothing is there that was not there without it', () => {
  const objects = objectsOf(example.variants.off);
  expect(objects.filter((object) => object['kind'] === 'StatefulSet')).toEqual([]);
  expect(addresses(objects)).toEqual({});
  expect(engine.brokenRules(description, scopeOf(example.variants.off))).toEqual([]);
});

test('on: who calls redis is told of the cache, reaches it, and nobody else is let in', () => {
  const objects = objectsOf(example.variants.on);
  expect(at(named(objects, 'StatefulSet', 'medkg-example'), 'spec', 'replicas')).toBe(3);
  expect(addresses(objects)).toEqual(
    Object.fromEntries(callers.map((name) => [name, 'redis://medkg-example:6379'])),
  );
  expect(componentsAt6379(named(objects, 'NetworkPolicy', 'medkg-example'), 'ingress')).toEqual(callers);
  for (const { name } of allServices())
    expect([name, componentsAt6379(named(objects, 'NetworkPolicy', `medkg-${name}`), 'egress')]).toEqual([
      name,
      callers.includes(name) ? ['example'] : [],
    ]);
});

test('external: they are told of what is elsewhere, and reach that', () => {
  const objects = objectsOf(example.variants.external ?? {});
  expect(addresses(objects)).toEqual(
    Object.fromEntries(callers.map((name) => [name, 'redis://cache.example.org:6379'])),
  );
  for (const name of callers)
    expect(componentsAt6379(named(objects, 'NetworkPolicy', `medkg-${name}`), 'egress')).not.toContain(
      'example',
    );
});

test('its rule is told by validate, and by the chart', () => {
  const both = ['example.enabled=true', 'external.redisUrl=redis://cache.example.org:6379'].join(',');
  const { exit, said } = medkg('validate', '--env', 'dev', '--set', both);
  expect(said).toContain('external.redisUrl: must be empty while example.enabled is true');
  expect(exit).toBe(1);
  expect(chart.get('templates/_rules.tpl')).toContain(
    'external.redisUrl must be empty while example.enabled is true',
  );
  expect(medkg('validate', '--env', 'dev', '--set', 'example.enabled=true')).toMatchObject({ exit: 0 });
  expect(medkg('validate', '--env', 'dev', '--set', 'example.enabled=true,example.replica=3').said).toContain(
    'example.replica: no such value; did you mean "replicas"?',
  );
});

test('explain knows its values and its objects', () => {
  expect(medkg('explain', 'example.nope').said).toContain(
    'no value example.nope; medkg explain example tells what example has',
  );
  expect(medkg('explain', 'example.replicas').said).toContain(
    'StatefulSet example/cache/stateful-set\n    spec.replicas',
  );
  expect(
    medkg('explain', 'StatefulSet/medkg-example', '--env', 'dev', '--set', 'example.enabled=true').said,
  ).toContain('lib/parts/example/stateful-set.ts');
});

test('capacity counts its pods, and disruption says whom an update interrupts', () => {
  const report = (set: string): number => {
    const { said } = medkg('capacity', '--env', 'dev', '--json', '--set', set);
    const { pools } = JSON.parse(said) as { pools: { pool: string; least: { pods: number } }[] };
    return pools.find(({ pool }) => pool === 'cpu')?.least.pods ?? 0;
  };
  expect(report('example.enabled=true,example.replicas=3')).toBe(report('example.enabled=false') + 3);
  const cache = disruptionsOf(objectsOf(example.variants.on)).find(({ service }) => service === 'example');
  expect(cache).toMatchObject({ pods: 3, update: 2 });
});

test('the notes of an install tell of it', () => {
  const notes = (values: JsonObject): string => engine.renderNotes(description, scopeOf(values));
  expect(notes(example.variants.on)).toContain('A cache of 3 pods runs in the cluster');
  expect(notes(example.variants.off)).not.toContain('cache of');
  expect(isJsonObject(example.variants.on)).toBe(true);
});

test('its files in the copy differ from the example in where they import from, and in nothing else', () => {
  const name = 'index.ts';
  const there = readFileSync(join(folder, 'lib/parts/example', name), 'utf8');
  const here = readFileSync(join('tests/parts/example', name), 'utf8');
  expect(there).toBe(here.replaceAll('../../../lib/', '../../'));
});

test('what every pod has reaches its pods, and its image comes from the registry of all', () => {
  const objects = objectsOf({
    example: { enabled: true },
    global: {
      imageRegistry: 'mirror.example.org',
      pods: { labels: { team: 'search' }, nodeSelector: { disk: 'ssd' }, affinity: { podAffinity: {} } },
    },
  });
  const pod = at(named(objects, 'StatefulSet', 'medkg-example'), 'spec', 'template');
  expect(at(pod, 'spec', 'affinity')).toEqual({ podAffinity: {} });
  expect(at(pod, 'metadata', 'labels', 'team')).toBe('search');
  expect(at(pod, 'spec', 'nodeSelector')).toEqual({ disk: 'ssd' });
  expect(at(pod, 'spec', 'containers', 0, 'image')).toBe('mirror.example.org/valkey/valkey:8.1.4-alpine');
});

test('what it would not see is refused, with where to say it', () => {
  const said = (values: JsonObject): string[] =>
    engine
      .brokenRules(description, scopeOf({ ...values, example: { enabled: true } }))
      .map(({ path }) => path);
  expect(said({ fullnameOverride: 'other' })).toEqual(['fullnameOverride']);
  expect(said({ fullnameOverride: 'other', global: { fullnameOverride: 'other' } })).toEqual([]);
  const renamed = (...global: readonly JsonObject[]): string[] =>
    engine
      .brokenRules(
        description,
        scopeOf({ example: { enabled: true, global: global[0] ?? {} }, global: global[1] ?? {} }),
      )
      .map(({ path }) => path);
  const other = { fullnameOverride: 'other' };
  expect(renamed(other)).toEqual(['example.global.fullnameOverride']);
  expect(renamed(other, { fullnameOverride: 'wins' })).toEqual([]);
  expect(renamed({}, other)).toEqual([]);
  expect(said({ network: { policies: false } })).toEqual(['network.policies']);
  expect(said({ network: { policies: false }, global: { network: { policies: false } } })).toEqual([]);
});

test('its image is whole: what an empty registry or tag would leave of it is refused', () => {
  const set = 'example.enabled=true,example.image.registry=,example.image.tag=';
  const { said } = medkg('validate', '--env', 'dev', '--set', set);
  expect(said).toContain('example.image.registry: must be text that matches');
  expect(said).toContain('example.image.tag: must be');
});

test('what is refused of every pod is refused in its slice, and alone', () => {
  const refused = [
    [{ labels: { 'app.kubernetes.io/component': 'x' } }, 'global.pods.labels'],
    [{ annotations: { 'helm.sh/hook': 'test' } }, 'global.pods.annotations'],
    [{ env: [{ name: 'A' }, { name: 'A' }] }, 'global.pods.env'],
  ] as const;
  for (const [pods, path] of refused) {
    const slice = { example: { enabled: true, global: { pods: pods as unknown as JsonObject } } };
    expect(engine.brokenRules(description, scopeOf(slice)).map((rule) => rule.path)).toEqual([
      `example.${path}`,
    ]);
  }
  const { exit, said } = medkg(
    ...['synth', '--chart', 'example', '--stdout', '--set'],
    'global.pods.labels.app\\.kubernetes\\.io/component=x',
  );
  expect(said).toContain('global.pods.labels: must not set a label under app.kubernetes.io/');
  expect(exit).toBe(2);
});

test('what it shares with the platform is told once', () => {
  const set = 'example.enabled=true,global.pods.labels.a=1';
  const { said } = medkg('validate', '--env', 'dev', '--set', set);
  expect(said.match(/global\.pods\.labels\.a: must be text, not 1/g)).toHaveLength(1);
  const reserved = 'example.enabled=true,global.pods.labels.helm\\.sh/x=y';
  expect(
    medkg('validate', '--env', 'dev', '--set', reserved).said.match(/must not set a label/g),
  ).toHaveLength(1);
  expect(
    medkg('validate', '--env', 'dev', '--set', 'example.enabled=1').said.match(/must be true or false/g),
  ).toHaveLength(1);
});

test('explain tells its own defaults, and what switches its objects, while it is off', () => {
  expect(medkg('explain', 'example.image.tag').said).toMatch(/^ {2}default {2}"8\.1\.4-alpine"$/m);
  expect(medkg('explain', 'example.image.tag').said).not.toMatch(/^ {2}dev /m);
  const { said } = medkg('explain', 'StatefulSet/example', '--env', 'dev');
  expect(said).toContain('is not there in dev');
  expect(said).toMatch(
    /^Values that decide whether it is there\n {2}example\.enabled = false {2}\(default\)$/m,
  );
  expect(said).not.toContain('It is always there');
  expect(said).not.toContain('example.fullnameOverride');
});

test('alone, it is the chart of its folder: the same names, selectors and pods', () => {
  const { exit, said } = medkg('synth', '--chart', 'example', '--stdout', '--set', 'replicas=3');
  expect(exit).toBe(0);
  expect(said).toContain('# cache/stateful-set.yaml\n');
  expect(said).toMatch(/^ {2}name: medkg-example$/m);
  expect(said).toMatch(/^ {2}replicas: 3$/m);
  expect(medkg('synth', '--chart', 'redis', '--stdout').said).toContain(
    'no chart redis inside; there are example',
  );
  expect(medkg('synth', '--chart', 'example', '--set', 'replica=3', '--stdout').said).toContain(
    'replica: no such value; did you mean "replicas"?',
  );
});
