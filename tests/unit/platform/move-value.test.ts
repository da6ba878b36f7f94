import { type JsonObject, isJsonObject } from '../../../lib/engine';
import { coalesce } from '../../../lib/engine/renderers';
import { done } from '../../support/page';
import { render, scopeOf } from '../../support/platform';

/** A row is all that an old path needs: whoever follows the page has it refused by chart and program. */

const { blocks, umbrella, render: rendering, engine, medkg } = done('Move a value');

const OLD = 'hooks.activeDeadlineSeconds';
const TOLD = `${OLD} has moved to hooks.deadlineSeconds: the number is the same`;
const description = umbrella.describePlatform();
const chart = rendering.completeChart(description, new Map());
const schema = umbrella.valuesJsonSchema();

function hooksOf(root: JsonObject): JsonObject {
  const { properties } = root;
  const hooks = isJsonObject(properties) ? properties['hooks'] : undefined;
  return isJsonObject(hooks) ? hooks : {};
}

test('the page has three changes: of the values, of their use, and of the list', () => {
  expect(blocks.map(({ kind, file }) => [kind, file])).toEqual([
    ['diff', 'lib/values/groups/hooks.ts'],
    ['diff', 'lib/charts/hooks.ts'],
    ['diff', 'lib/umbrella/moved.ts'],
  ]);
});

test('the schema lets the old key through, and does not ask for it', () => {
  const { properties, required } = hooksOf(schema);
  expect(properties).toMatchObject({
    activeDeadlineSeconds: { doNotSuggest: true },
    deadlineSeconds: { type: 'integer' },
  });
  expect(required).not.toContain('activeDeadlineSeconds');
});

test('nothing lists it, and one rule of the chart names it', () => {
  for (const file of ['values.yaml', 'README.md'])
    expect(chart.get(file)).not.toContain('hooks.activeDeadlineSeconds');
  expect(chart.get('values.yaml')).toMatch(/^ {2}deadlineSeconds: 300$/m);
  expect(chart.get('values.yaml')).not.toContain('activeDeadlineSeconds');
  expect(chart.get('templates/_rules.tpl')?.split(JSON.stringify(TOLD))).toHaveLength(2);
  expect(medkg('explain', 'hooks').said).not.toContain('activeDeadlineSeconds');
});

test('validate and explain say where it is now; a null is no use of it', () => {
  const given = (text: string): ReturnType<typeof medkg> => medkg('validate', '--env', 'prod', '--set', text);
  expect(given(`${OLD}=60`).said).toContain(TOLD.replace(`${OLD} `, `${OLD}: `));
  expect(given(`${OLD}=60`).exit).not.toBe(0);
  expect(given(`${OLD}=null`)).toEqual({ exit: 0, said: 'fine: prod\n' });
  expect(given('hooks.deadlineSeconds=60')).toEqual({ exit: 0, said: 'fine: prod\n' });
  expect(medkg('explain', OLD).said).toContain(TOLD);
});

test('the objects are what they were', () => {
  const defaults = umbrella.defaultValues() as unknown as JsonObject;
  const values = coalesce(defaults, scopeOf('prod').values);
  delete (values['hooks'] as Record<string, unknown>)['activeDeadlineSeconds'];
  const scope = rendering.platformScope(values, { name: 'medkg', namespace: 'medkg' });
  expect(engine.renderObjects(description, scope).map(({ object }) => object)).toEqual(
    render('prod').objects,
  );
});
