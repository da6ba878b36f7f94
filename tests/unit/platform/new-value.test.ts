import { allServices } from '../../../lib/platform/services';
import { valuesKey } from '../../../lib/platform/model';
import { type JsonObject, isJsonObject } from '../../../lib/engine';
import { coalesce } from '../../../lib/engine/renderers';
import { done } from '../../support/page';
import { FLOWS_ON, renderFlows, scopeOf } from '../../support/platform';

/** A knob is a line of the values and one of the pods: whoever follows the page finds the rest derived. */

const { blocks, umbrella, render, engine, medkg } = done('Add a value to all services');

const KNOB = 'schedulerName';
const services = allServices().map(({ name }) => name);
const description = umbrella.describePlatform();
const chart = render.completeChart(description, new Map());
const defaults = umbrella.defaultValues() as unknown as JsonObject;

/** Production with the flows. */
function objectsOf(overrides: JsonObject = {}): JsonObject[] {
  const values = coalesce(coalesce(defaults, scopeOf('prod', FLOWS_ON).values), overrides);
  const scope = render.platformScope(values, { name: 'medkg', namespace: 'medkg' });
  return engine.renderObjects(description, scope).map(({ object }) => object);
}

function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((each, key) => (isJsonObject(each) ? each[key] : undefined), value);
}

/** What the pods of each service say: of its Deployment, and of the steps that run as it. */
function schedulers(objects: readonly JsonObject[]): Record<string, unknown[]> {
  const files = objects.find((object) => member(object, 'metadata', 'name') === 'medkg-flows') ?? {};
  const steps = Object.values(member(files, 'data') ?? {}).map(
    (text) => JSON.parse(text as string) as unknown,
  );
  const pods = [
    ...objects
      .filter(({ kind }) => kind === 'Deployment')
      .map((object) => member(object, 'spec', 'template', 'spec')),
    ...steps.map((pod) => member(pod, 'spec')).filter((spec) => spec !== undefined),
  ];
  return Object.fromEntries(
    services.map((name) => [
      name,
      pods
        .filter((pod) => member(pod, 'serviceAccountName') === `medkg-${name}`)
        .map((pod) => member(pod, KNOB)),
    ]),
  );
}

const before = objectsOf();
const everywhere = (name: string, scheduler: unknown): unknown[] =>
  (schedulers(before)[name] ?? []).map(() => scheduler);

test('the page has two changes: of the values, and of the pods', () => {
  expect(blocks.map(({ kind, file }) => [kind, file])).toEqual([
    ['diff', 'lib/values/knobs.ts'],
    ['diff', 'lib/charts/pod/index.ts'],
  ]);
});

test('the schema has it under the defaults and under each service', () => {
  const schema = umbrella.valuesJsonSchema();
  const own = { type: 'string', description: expect.stringContaining('Scheduler') as string };
  expect(member(schema, 'properties', 'defaults', 'properties', KNOB)).toMatchObject(own);
  for (const name of services) {
    const service = member(schema, 'properties', 'services', 'properties', valuesKey(name));
    const shape = member(service, '$ref') as string;
    expect(member(schema, ...shape.split('/').slice(1), 'properties', KNOB)).toMatchObject(own);
  }
});

test('the chart says what it is, and only templates of pods of services differ', () => {
  expect(chart.get('values.yaml')).toMatch(
    /^defaults:\n(?: .*\n)* {2}# -- Scheduler that places the pods.*\n {2}schedulerName: ""$/m,
  );
  expect(chart.get('README.md')).toMatch(/^\| `defaults\.schedulerName` \|/m);
  const templates = [...chart.keys()].filter(
    (file) => file.startsWith('templates/') && chart.get(file)?.includes(KNOB),
  );
  expect(templates.sort()).toEqual(
    [
      ...services.map((name) => `templates/${name}/deployment.yaml`),
      'templates/flows/_config-map.tpl',
    ].sort(),
  );
});

test('nothing is rendered that was not there before', () => {
  expect(before).toEqual(renderFlows().objects);
});

test('the pods of all services have what the defaults say, those of a service what it says, "" too', () => {
  const byDefault = { defaults: { [KNOB]: 'volcano' } };
  expect(schedulers(objectsOf(byDefault))).toEqual(
    Object.fromEntries(services.map((name) => [name, everywhere(name, 'volcano')])),
  );
  const own = { mineru: { [KNOB]: 'yunikorn' }, api: { [KNOB]: '' } };
  const found = schedulers(objectsOf({ ...byDefault, services: own }));
  expect(found).toMatchObject({
    mineru: everywhere('mineru', 'yunikorn'),
    api: everywhere('api', undefined),
    parser: everywhere('parser', 'volcano'),
  });
  // Its server and a step at least.
  expect(found['mineru']?.length).toBeGreaterThan(1);
});

test('explain names the pods that it changes, and validate knows its type', () => {
  const { said } = medkg('explain', `defaults.${KNOB}`);
  for (const name of services) expect(said).toContain(`Deployment ${name}/deployment`);
  expect(said).toContain('spec.template.spec.schedulerName');
  const given = (assignment: string): string => medkg('validate', '--env', 'prod', '--set', assignment).said;
  expect(given(`services.api.${KNOB}=volcano`)).toBe('fine: prod\n');
  expect(given('services.api.schedulerNam=volcano')).toContain(`did you mean "${KNOB}"?`);
});
