import {
  type Json,
  type JsonObject,
  type Value,
  and,
  atLeast,
  atMost,
  choose,
  contains,
  differs,
  equals,
  greaterThan,
  hasRow,
  join,
  joined,
  jsonOf,
  lessThan,
  literal,
  lookupIn,
  nonEmpty,
  not,
  or,
  orElse,
  override,
  present,
  replaced,
  someItemMatches,
  someKeyMatches,
  sum,
  text,
} from '../../../lib/engine';
import { expressionOf } from '../../../lib/engine/renderers';
import { evaluated, printed, printScope, values } from './support';

type Row = readonly [
  what: string,
  value: Value<unknown>,
  template: string,
  ...results: readonly (readonly [JsonObject, Json | undefined])[],
];

const same: JsonObject = {};

const TABLE: readonly Row[] = [
  ['a value', values.name, '.Values.name', [same, 'n'], [{ name: '' }, '']],
  ['a value below another', values.deep.name, '.Values.deep.name', [same, 'deep']],
  ['a key that is no identifier', values['dashed-key'], '(index .Values "dashed-key")', [same, 'd']],
  [
    'an absent value',
    values.maybe,
    '.Values.maybe',
    [same, undefined],
    [{ maybe: null }, undefined],
    [{ maybe: 0 }, 0],
  ],
  ['a constant text', literal('a"b'), '"a\\"b"', [same, 'a"b']],
  ['a constant number', literal(3), '3', [same, 3]],
  ['and', and(values.on, values.off), 'and .Values.on .Values.off', [same, false], [{ off: true }, true]],
  ['and of one', and(values.on), '.Values.on', [same, true]],
  [
    'and of ands',
    and(values.on, and(values.off, values.on)),
    'and .Values.on .Values.off .Values.on',
    [same, false],
  ],
  ['or', or(values.off, values.on), 'or .Values.off .Values.on', [same, true], [{ on: false }, false]],
  [
    'or among ands',
    and(values.on, or(values.off, values.on)),
    'and .Values.on (or .Values.off .Values.on)',
    [same, true],
  ],
  ['not', not(values.on), 'not .Values.on', [same, false]],
  [
    'not of a comparison',
    not(equals(values.mode, 'one')),
    'ne .Values.mode "one"',
    [same, true],
    [{ mode: 'one' }, false],
  ],
  [
    'not of less than',
    not(lessThan(values.size, 3)),
    'ge (int .Values.size) 3',
    [same, true],
    [{ size: 2 }, false],
  ],
  ['equals', equals(values.mode, 'two'), 'eq .Values.mode "two"', [same, true], [{ mode: 'one' }, false]],
  [
    'differs',
    differs(values.name, values.deep.name),
    'ne .Values.name .Values.deep.name',
    [same, true],
    [{ name: 'deep' }, false],
  ],
  ['less than', lessThan(values.size, 4), 'lt (int .Values.size) 4', [same, true], [{ size: 4 }, false]],
  ['at most', atMost(values.size, 3), 'le (int .Values.size) 3', [same, true], [{ size: 4 }, false]],
  [
    'greater than',
    greaterThan(values.size, 3),
    'gt (int .Values.size) 3',
    [same, false],
    [{ size: 4 }, true],
  ],
  ['at least', atLeast(values.size, values.size), 'ge (int .Values.size) (int .Values.size)', [same, true]],
  [
    'fractions',
    lessThan(values.share, 0.6),
    'lt (float64 .Values.share) 0.6',
    [same, true],
    [{ share: 0.6 }, false],
  ],
  [
    'a fraction beside an integer',
    lessThan(values.share, 1),
    'lt (float64 .Values.share) (float64 1)',
    [same, true],
    [{ share: 1 }, false],
  ],
  [
    'a text with other characters',
    replaced(values.name, '$', '$&'),
    '.Values.name | replace "$" "$&"',
    [{ name: 'a$b$' }, 'a$&b$&'],
  ],
  ['a text that is not empty', nonEmpty(values.name), '.Values.name', [same, true], [{ name: '' }, false]],
  ['a list that is not empty', nonEmpty(values.items), '.Values.items', [same, true], [{ items: [] }, false]],
  [
    'a map that is not empty',
    nonEmpty(values.labels),
    '.Values.labels',
    [same, true],
    [{ labels: {} }, false],
  ],
  [
    'a choice',
    choose(values.on, 'yes', values.name),
    'ternary "yes" .Values.name .Values.on',
    [same, 'yes'],
    [{ on: false }, 'n'],
  ],
  [
    'a choice by what is not empty',
    choose(nonEmpty(values.items), 1, 2),
    'ternary 1 2 (not (empty .Values.items))',
    [same, 1],
    [{ items: [] }, 2],
  ],
  [
    'an override',
    override(values.maybe, values.size),
    'ternary .Values.maybe .Values.size (hasKey .Values "maybe")',
    [same, 3],
    [{ maybe: 0 }, 0],
  ],
  [
    'an override by an empty text',
    override(values.maybeText, values.name),
    'ternary .Values.maybeText .Values.name (hasKey .Values "maybeText")',
    [same, 'n'],
    [{ maybeText: '' }, ''],
  ],
  [
    'an override by false',
    override(values.deep.maybe, values.on),
    'ternary .Values.deep.maybe .Values.on (hasKey .Values.deep "maybe")',
    [same, true],
    [{ deep: { maybe: false } }, false],
  ],
  [
    'whether it is given',
    present(values.maybe),
    'hasKey .Values "maybe"',
    [same, false],
    [{ maybe: 0 }, true],
  ],
  [
    'a text or another',
    orElse(values.name, 'other'),
    '.Values.name | default "other"',
    [same, 'n'],
    [{ name: '' }, 'other'],
  ],
  [
    'an absent text or another',
    orElse(values.maybeText, values.name),
    '.Values.maybeText | default .Values.name',
    [same, 'n'],
  ],
  [
    'a text with values',
    text`a-${values.name}-${values.size}%`,
    'printf "a-%s-%d%%" .Values.name (int .Values.size)',
    [same, 'a-n-3%'],
  ],
  ['a text with a percent sign first', text`%${values.name}`, 'printf "%%%s" .Values.name', [same, '%n']],
  ['a text in a text', text`<${text`[${values.name}]`}>`, 'printf "<[%s]>" .Values.name', [same, '<[n]>']],
  ['texts joined', joined('a', values.name, 'b'), 'printf "a%sb" .Values.name', [same, 'anb']],
  ['texts joined without values', joined('50%', 'b'), '"50%b"', [same, '50%b']],
  [
    'a list as a text',
    join(values.items, ', '),
    'join ", " .Values.items',
    [same, 'b, a'],
    [{ items: [] }, ''],
  ],
  [
    'a value as JSON',
    jsonOf(values.any),
    '.Values.any | toRawJson',
    [same, '{"x":[1]}'],
    [{ any: '<&>' }, '"<&>"'],
  ],
  [
    'a text that contains another',
    contains(values.name, 'exam'),
    'contains "exam" .Values.name',
    [same, false],
    [{ name: 'an example' }, true],
  ],
  [
    'an item that matches',
    someItemMatches(values.items, '^b$'),
    'regexMatch "(?m)^b$" (join "\\n" .Values.items)',
    [same, true],
    [{ items: ['bb'] }, false],
    [{ items: [] }, false],
  ],
  [
    'a key that matches',
    someKeyMatches(values.labels, '^(b|c)'),
    'regexMatch "(?m)^(b|c)" (keys (.Values.labels | default dict) | join "\\n")',
    [same, true],
    [{ labels: {} }, false],
  ],
  [
    'a row that is there',
    hasRow(values.rows, values.name),
    'hasKey .Values.rows .Values.name',
    [same, false],
    [{ name: 'small' }, true],
  ],
  [
    'a sum',
    sum(values.share, values.size),
    'addf .Values.share .Values.size',
    [same, 3.5],
    [{ share: 0.1, size: 0.2 }, 0.3],
    [{ share: 1e21, size: 1 }, 1e21],
    [{ share: 1e-7, size: -0.5 }, -0.4999999],
  ],
];

describe.each(TABLE.map(([what, value, template, ...results]) => ({ what, value, template, results })))(
  '$what',
  ({ value, template, results }) => {
    test('as a template', () => {
      expect(printed(value)).toBe(template);
    });

    test.each(results)('in TypeScript, with %j', (overrides, result) => {
      expect(evaluated(value, overrides)).toEqual(result);
    });

    test('names its parts', () => {
      for (const part of expressionOf(value).parts()) expect(part).toHaveProperty('type');
    });
  },
);

describe('a row of a table', () => {
  const row = lookupIn(values.rows, values.name, 'row');

  test('has a name in the template, and is defined at its top', () => {
    expect(printed(row.size)).toBe('$row.size');
  });

  test('has its members, or none where it is not there', () => {
    expect(evaluated(row.size, { name: 'small' })).toBe('1Gi');
    expect(evaluated(row.count, { name: 'small' })).toBe(1);
    expect(evaluated(row.size)).toBeUndefined();
  });
});

test('the root is $ inside of a loop', () => {
  expect(printed(and(values.on, equals(values.mode, 'one')), '$')).toBe(
    'and $.Values.on (eq $.Values.mode "one")',
  );
});

test('a short name takes the place of its path', () => {
  const scope = printScope('.', [{ name: '$deep', path: ['deep'] }]);
  expect(expressionOf(values.deep.name).print(scope)).toBe('$deep.name');
  expect(expressionOf(values.name).print(scope)).toBe('.Values.name');
});

test('and, or of nothing is a mistake', () => {
  expect(() => and()).toThrow('and of nothing');
  expect(() => or()).toThrow('or of nothing');
});

test('only what a map may lack can be overridden', () => {
  expect(() => override(literal('a') as Value<string | undefined>, values.name)).toThrow(
    'only a value of a map can be absent',
  );
});

test('a path that the schema does not know is named, with what it knows', () => {
  expect(() => (values as unknown as Record<string, unknown>)['naem']).toThrow(
    'no value Values.naem; known here: name, mode,',
  );
  expect(() => (values.deep as unknown as Record<string, unknown>)['other']).toThrow(
    'no value Values.deep.other; known here: name, maybe',
  );
});
