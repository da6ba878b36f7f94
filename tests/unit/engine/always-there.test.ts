import { KubeConfigMap } from 'cdk8s-plus-28/lib/imports/k8s';
import {
  addObject,
  and,
  choose,
  closed,
  defineChart,
  eachOf,
  flag,
  given,
  group,
  hasRow,
  line,
  literal,
  listOf,
  lookupIn,
  mapOf,
  not,
  optional,
  override,
  present,
  rulesOfEach,
  TemplateFolder,
  text,
  upper,
  when,
  type Rule,
  type RulesOfEach,
  type Value,
} from '../../../lib/engine';
import { renderChart, renderRelease } from '../../../lib/engine/renderers';

const Row = closed({ memory: line('Memory'), note: optional(line('A note')) }, 'One size');
const defined = defineChart({
  facts: { name: 'rows', version: '0.1.0', appVersion: '1.0.0' },
  metadata: { description: 'Looks rows up' },
  values: {
    sizes: group(mapOf(Row, 'Sizes'), { small: { memory: '1Gi' } }),
    size: group(line('The size'), 'small'),
    hosts: group(listOf(closed({ size: line('Its size') }, 'A host'), 'Hosts'), [{ size: 'small' }]),
    debug: group(flag('Whether it tells more'), false),
    free: group(optional(line('Anything'))),
  },
});
const { values } = defined;
const row = lookupIn(values.sizes, values.size, 'row');
const exists: Rule = {
  path: 'size',
  broken: and(values.debug, not(hasRow(values.sizes, values.size))),
  sentence: 'must be one of sizes',
};

function withData(data: Record<string, unknown>, rules: readonly (Rule | RulesOfEach)[] = []): typeof made {
  const made = defined.describe({
    rules,
    objects: (app) =>
      addObject(new TemplateFolder(app, 'f'), 'map', KubeConfigMap, {
        metadata: { name: 'm' },
        data: data as Record<string, string>,
      }),
  });
  return made;
}

const ofHost = (name: string): Value<unknown>[] => [
  eachOf(values.hosts, name, (host) => lookupIn(values.sizes, host.size, 'of').memory) as never,
];
const ruleOfHosts = rulesOfEach(values.hosts, ['i', 'one'], (one) => [
  { path: 'size', broken: not(hasRow(values.sizes, one.size)), sentence: 'must be one of sizes' },
]);

describe('a field that may come to nothing', () => {
  test.each<[string, Record<string, unknown>, readonly (Rule | RulesOfEach)[], string]>([
    ['a member of a row', { a: row.memory }, [], 'f/map: data.a: $row.memory may not be there'],
    ['in a text', { a: text`-${row.memory}` }, [], 'f/map: data.a: $row.memory'],
    ['one of two', { a: choose(values.debug, row.memory, 'x') }, [], 'f/map: data.a: $row.memory'],
    ['in a loop', { a: ofHost('host') }, [exists], 'f/map: data.a.0: $of.memory'],
    ['what a row may leave out', { a: row.note }, [exists], 'f/map: data.a: $row.note'],
    ['what may be left out, behind a cast', { a: values.free }, [], 'f/map: data.a: .Values.free'],
    ['where something else is asked', { a: when(values.debug, row.memory) }, [], 'f/map: data.a: $row'],
    [
      'where the rule is of another table',
      { a: row.memory },
      [{ ...exists, broken: not(hasRow(values.sizes, literal('large'))) }],
      'not(hasRow(…))',
    ],
  ])('is refused at synth: %s', (_what, data, rules, message) => {
    expect(() => withData(data, rules).objects).toThrow(message);
  });

  test.each<[string, Record<string, unknown>, readonly (Rule | RulesOfEach)[]]>([
    ['a rule sees to the row', { a: row.memory, b: text`-${row.memory}` }, [exists]],
    ['a rule of each entry does, by another name', { a: ofHost('host') }, [ruleOfHosts]],
    ['a condition asks for the row', { a: when(hasRow(values.sizes, values.size), row.memory) }, []],
    ['a condition asks for the member', { a: when(present(row.note), given(row.note)) }, []],
    ['another one stands in its place', { a: override(row.memory, literal('2Gi')) }, []],
    ['a function takes it for an empty text', { a: upper(row.memory) }, []],
  ])('is fine where %s', (_what, data, rules) => {
    expect(() => withData(data, rules).objects).not.toThrow();
  });
});

test('a choice of what is not there is an empty text to a function', () => {
  const chart = withData({ a: upper(choose(values.debug, values.size, row.memory)) });
  expect(renderChart(chart).get('templates/f/map.yaml')).toContain(
    'a: {{ ((ternary .Values.size $row.memory .Values.debug) | default "") | upper | quote }}',
  );
  const { objects } = renderRelease(chart, {
    release: { name: 'r', namespace: 'n' },
    set: ['size=large'],
  });
  expect(objects[0]?.object).toMatchObject({ data: { a: '' } });
});
