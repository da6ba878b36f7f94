import { Type, type Static } from '@sinclair/typebox';
import {
  chartValues,
  eachEntry,
  eachOf,
  evaluate,
  expressionOf,
  joined,
  literal,
  lookupIn,
  printYaml,
  Reference,
  replaced,
  sum,
  text,
  type Node,
  type Value,
} from '../../../lib/engine/renderers';
import { printed, printScope, scopeWith, values } from './support';

const node = (value: Value<unknown>): Node => expressionOf(value);

describe('what a text cannot hold', () => {
  test.each<[string, () => Value<string>, string]>([
    ['a fraction', () => text`${values.share}`, '.Values.share is a number that may have a fraction'],
    [
      'a sum',
      () => joined('a', sum(values.size, values.size) as never),
      'is a number that may have a fraction',
    ],
    [
      'yes or no',
      () => text`${values.on as never}`,
      '.Values.on is yes or no, which no text can hold: jsonOf(…)',
    ],
    ['a map', () => text`${values.labels as never}`, '.Values.labels is a map'],
    ['anything', () => text`${values.any as never}`, '.Values.any is of any type'],
  ])('%s', (_what, make, message) => {
    expect(make).toThrow(message);
  });

  test('a constant fraction is a text already', () => {
    expect(printed(text`a-${literal(0.5)}`)).toBe('"a-0.5"');
  });
});

test('nothing stands in the place of an empty text', () => {
  expect(() => replaced(values.name, '', '-')).toThrow("replaced(.Values.name, '', …): Go and JavaScript");
});

test('an escape in a text is the character that it stands for', () => {
  expect(printed(text`a\n${values.name}`)).toBe('printf "a\\n%s" .Values.name');
});

describe('what Helm tells templates', () => {
  test.each([
    ['Release', ['Name']],
    ['Release', ['Service']],
    ['Chart', ['AppVersion']],
    ['$port', ['number']],
    ['Values', []],
  ])('%s %j', (origin, path) => {
    expect(() => new Reference(origin, path, 'string')).not.toThrow();
  });

  test.each([
    ['Release', ['Revision']],
    ['Release', ['IsInstall']],
    ['Release', []],
    ['Chart', ['Description']],
    ['Capabilities', ['KubeVersion', 'Major']],
    ['Files', []],
  ])('and what has no meaning without Helm: %s %j', (origin, path) => {
    expect(() => new Reference(origin, path, 'string')).toThrow(
      `.${[origin, ...path].join('.')} is known to Helm alone, and to no manifest that is written without it; known here: Release.Name, Release.Namespace, Release.Service, Chart.Name`,
    );
  });
});

const Shapes = Type.Object({
  env: Type.Record(Type.String(), Type.String()),
  rows: Type.Record(Type.String(), Type.Object({ size: Type.Integer(), entry: Type.String() })),
  list: Type.Array(Type.Object({ entry: Type.String() })),
  key: Type.String(),
  passed: Type.Unsafe<Record<string, string>>({ type: 'object' }),
  closed: Type.Object({ entry: Type.String() }),
  two: Type.Unsafe<Record<string, string>>({
    type: 'object',
    patternProperties: { '^a': { type: 'string' }, '^b': { type: 'integer' } },
  }),
});
const shapes = chartValues<Static<typeof Shapes>>('chart', Shapes);

describe('entries', () => {
  test('of a record, and of a list whose items have a member of any name', () => {
    const tree: Node = {
      env: [eachEntry(shapes.env, ['key', 'value'], (key, value) => node(text`${key}=${value}`))],
      list: [eachOf(shapes.list, 'item', (item) => node(item.entry))],
      row: node(lookupIn(shapes.rows, shapes.key, 'row').entry),
    };
    const given = {
      env: { b: '2', a: '1' },
      list: [{ entry: 'x' }],
      key: 'k',
      rows: { k: { entry: 'e', size: 1 } },
    };
    expect(printYaml(tree, printScope()).join('\n')).toContain('- {{ printf "%s=%s" $key $value | quote }}');
    expect(evaluate(tree, scopeWith(given))).toEqual({ env: ['a=1', 'b=2'], list: ['x'], row: 'e' });
  });

  test.each<[string, () => unknown, string]>([
    [
      'a text',
      () => eachOf(shapes.key as never, 'x', (x) => x),
      'Values.key is no list and no map of entries of one shape',
    ],
    ['a map of fixed keys', () => eachOf(shapes.closed as never, 'x', (x) => x), 'Values.closed is no list'],
    [
      'a structure that is passed through',
      () => eachEntry(shapes.passed, ['k', 'v'], (_k, v) => v),
      'Values.passed is no list',
    ],
    [
      'two kinds of keys',
      () => eachEntry(shapes.two, ['k', 'v'], (_k, v) => v),
      'nor one of patternProperties',
    ],
    [
      'a member of what is passed through',
      () => shapes.passed['x'],
      'no value Values.passed.x; known here: nothing, since the schema says nothing of what is in it',
    ],
  ])('are not in %s', (_what, use, message) => {
    expect(use).toThrow(message);
  });
});
