import { createHash } from 'node:crypto';
import {
  base64Of,
  body,
  choose,
  eachOf,
  expressionOf,
  given,
  greatest,
  include,
  least,
  lengthOf,
  lessThan,
  literal,
  lookupIn,
  lower,
  matches,
  minus,
  override,
  plus,
  sha256Of,
  text,
  times,
  trimmed,
  truncated,
  upper,
  withoutPrefix,
  withoutSuffix,
  type Helper,
  type Json,
  type JsonObject,
  type Value,
} from '../../../lib/engine/renderers';
import { evaluated, printed, values } from './support';

type Row = readonly [
  what: string,
  value: Value<unknown>,
  template: string,
  ...results: readonly (readonly [JsonObject, Json | undefined])[],
];

const { name, count, items, labels } = values;
const named = (text: string, result: Json): readonly [JsonObject, Json] => [{ name: text }, result];
const counted = (number: number, result: number): readonly [JsonObject, Json] => [{ count: number }, result];

const TABLE: readonly Row[] = [
  ['small letters', lower(name), '.Values.name | lower', named('AİΣ', 'aiσ'), named('ΟΔΟΣ', 'οδοσ')],
  ['capitals', upper(name), '.Values.name | upper', named('aßé', 'AßÉ'), named('ŉᾳᾀ', 'ŉᾼᾈ')],
  [
    'the first characters',
    truncated(name, 2),
    '.Values.name | regexFind "(?s)^.{0,2}"',
    named('a\n😀', 'a\n'),
    named('😀é!', '😀é'),
    named('a', 'a'),
  ],
  ['no white space at the ends', trimmed(name), '.Values.name | trim', named('\t\u0085a b\u2003', 'a b')],
  ['a byte order mark is no white space', trimmed(name), '.Values.name | trim', named('\ufeff ', '\ufeff')],
  [
    'without a beginning',
    withoutPrefix(name, 'a"'),
    '.Values.name | trimPrefix "a\\""',
    named('a"a"b', 'a"b'),
    named('b', 'b'),
  ],
  [
    'without an end',
    withoutSuffix(truncated(name, 3), '-'),
    '(.Values.name | regexFind "(?s)^.{0,3}") | trimSuffix "-"',
    named('ab-cd', 'ab'),
    named('a--', 'a-'),
    named('abc', 'abc'),
  ],
  ['an empty end', withoutSuffix(name, ''), '.Values.name | trimSuffix ""', named('abc', 'abc')],
  [
    'a checksum',
    sha256Of(name),
    '.Values.name | sha256sum',
    named('é', '4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c'),
  ],
  ['base64', base64Of(name), '.Values.name | b64enc', named('é😀', 'w6nwn5iA')],

  ['a sum of integers', plus(count, 2), 'add .Values.count 2', counted(3, 5)],
  ['a difference', minus(count, 5), 'sub .Values.count 5', counted(3, -2)],
  ['a product', times(count, times(count, -2)), 'mul .Values.count (mul .Values.count -2)', counted(3, -18)],
  ['a product that would be -0', times(count, 0), 'mul .Values.count 0', counted(-3, 0)],
  ['the smaller one', least(count, 3), 'min .Values.count 3', counted(2, 2), counted(4, 3)],
  ['the larger one', greatest(count, 3), 'max .Values.count 3', counted(2, 3), counted(-0, 3)],

  ['the length of a text', lengthOf(name), 'len (splitList "" .Values.name)', named('é😀', 2), named('', 0)],
  ['the length of a list', lengthOf(items), 'len .Values.items', [{}, 2], [{ items: [] }, 0]],
  ['the length of a map', lengthOf(labels), 'len .Values.labels', [{}, 2], [{ labels: {} }, 0]],

  [
    'a pattern',
    matches(name, '^a.c$'),
    'regexMatch "^a.c$" .Values.name',
    named('a\rc', true),
    named('a\u2028c', true),
    named('a😀c', true),
    named('a\nc', false),
    named('xabc', false),
  ],
  ['a part of a text', matches(name, '\\d{2}'), 'regexMatch "\\\\d{2}" .Values.name', named('a12b', true)],

  [
    'one of two maps',
    choose(values.on, labels, values.otherLabels),
    'ternary .Values.labels .Values.otherLabels .Values.on',
    [{}, { a: '1', b: '2' }],
    [{ on: false }, { c: '3' }],
  ],
];

describe.each(TABLE.map(([what, value, template, ...results]) => ({ what, value, template, results })))(
  '$what',
  ({ value, template, results }) => {
    test('as a template', () => {
      expect(printed(value)).toBe(template);
    });

    test.each(results)('in TypeScript, with %j', (overrides, result) => {
      expect(evaluated(value, overrides)).toStrictEqual(result);
    });
  },
);

test.each<[string, (text: Value<string>) => Value<string>, string]>([
  // What `upper` and `lower` of Helm 3 and 4 make of the same text.
  ['upper', upper, '2c7ad9f09e72d951759ead0404b3eabec1fc3bcdf82cf4ac76b6316fb61cb2bf'],
  ['lower', lower, 'f7eb6001bc0cbc4cf4e9c6b79e90606539d05839ab27623b99b6ef72c76db917'],
])('%s maps every character as Go does', (_name, of, digest) => {
  const all = Array.from({ length: 0x10ffff }, (_, i) => i + 1)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code));
  const mapped = evaluated(of(name), { name: all.join('') });
  expect(
    createHash('sha256')
      .update(mapped as string)
      .digest('hex'),
  ).toBe(digest);
});

/** Up to ten millions. */
const LARGE = times(times(count, count), times(count, 10));

describe('what could differ is refused', () => {
  test.each<[string, () => unknown, string]>([
    ['a length that is no whole number', () => truncated(name, 1.5), 'from 0 to 1000'],
    ['more characters than RE2 counts', () => truncated(name, 1001), 'from 0 to 1000'],
    [
      'an integer without bounds',
      () => plus(values.size, 1),
      'add of .Values.size: it takes integers whose schema has a minimum and a maximum',
    ],
    ['a fraction', () => times(values.share, 2), 'mul of .Values.share: it takes integers'],
    ['a constant fraction', () => times(count, 0.5), 'mul of 0.5: it takes integers'],
    [
      'a product that may be too large',
      () => times(LARGE, times(LARGE, count)),
      'and mul (mul (mul .Values.count .Values.count) (mul .Values.count 10)) .Values.count may lie beyond 2^53',
    ],
    ['the length of anything', () => lengthOf(values.any as Value<string>), 'must say string, list or map'],
    ['the length of a text of items', () => lengthOf(include<string[]>(ITEMS)), 'the helper rules yields'],
    [
      'a choice of texts of items',
      () => choose(values.on, include<string[]>(ITEMS), items),
      'choose takes no helper of list items, which yields text: rules',
    ],
  ])('%s', (_what, make, message) => {
    expect(make).toThrow(message);
  });

  test.each([
    ['(?i)a', '(?:…) alone'],
    ['a(?=b)', '(?:…) alone'],
    ['(?<n>a)', '(?:…) alone'],
    ['\\s', 'both read \\s'],
    ['[\\s]', 'both read \\s'],
    ['\\p{L}', 'both read \\p'],
    ['(a)\\1', 'both read \\1'],
    ['[\\b]', '\\b in a class'],
    ['[]a]', 'escape the bracket'],
    ['[^]', 'escape the bracket'],
    ['[[:alpha:]]', '[:alpha:]'],
    ['a{1001}', '1000 times'],
    ['((?:a{20})b{2}){30}{2}', 'repeat'],
    ['(a{40}b){40}', '1000 times'],
    ['(a', 'Invalid regular expression'],
  ])('the pattern %s', (pattern, message) => {
    expect(() => matches(name, pattern)).toThrow(message);
  });

  test.each(['^[a-z]([a-z0-9.\\-]{0,251}[a-z])?$', '(a{40}|b{30}){20}', '^(?:/|$)', '\\/\\d\\b'])(
    'but not the pattern %s',
    (pattern) => {
      expect(() => matches(name, pattern)).not.toThrow();
    },
  );
});

const ITEMS: Helper<0> = {
  name: 'rules',
  doc: 'Rules.',
  yields: 'items',
  takes: 0,
  template: body`- a`,
  evaluate: () => ['a'],
  reads: [],
};

describe('what an integer can be', () => {
  const rangeOf = (value: Value<unknown>): unknown => expressionOf(value).range();

  test.each<[string, Value<unknown>, readonly [number, number] | undefined]>([
    ['a value with bounds', count, [-100, 100]],
    ['a value without', values.size, undefined],
    ['a fraction', values.share, undefined],
    ['a constant', literal(3), [3, 3]],
    ['a text', literal('3'), undefined],
    ['a sum', plus(count, 1), [-99, 101]],
    ['a product', times(count, -3), [-300, 300]],
    ['the larger one', greatest(count, 1), [1, 100]],
    ['a choice', choose(values.on, count, literal(200)), [-100, 200]],
    ['a choice with one of unknown size', choose(values.on, count, values.size), undefined],
    ['an override', override(values.maybeCount, count), [-100, 100]],
    ['what is given', given(values.maybeCount), [1, 9]],
    ['a member of a row, which may not be there', lookupIn(values.rows, name, 'row').count, [0, 5]],
  ])('%s', (_what, value, expected) => {
    expect(rangeOf(value)).toEqual(expected && { least: expected[0], greatest: expected[1] });
  });

  test('an entry of a loop, and its index', () => {
    const ranges: unknown[] = [];
    eachOf(values.ports, ['port', 'i'], (port, i) => ranges.push(rangeOf(port.weight), rangeOf(i)));
    expect(ranges).toEqual([
      { least: 0, greatest: 10 },
      { least: 0, greatest: 2 ** 29 },
    ]);
  });
});

describe('a member of a row that is not there', () => {
  const { size, count: rowCount } = lookupIn(values.rows, name, 'row');
  test.each<[string, Value<unknown>, string, Json]>([
    ['a function of a string', upper(size), '($row.size | default "") | upper', ''],
    ['a pattern', matches(size, 'G'), 'regexMatch "G" ($row.size | default "")', false],
    ['a comparison of numbers', lessThan(rowCount, 1), 'lt (int $row.count) 1', true],
    ['a length', lengthOf(size), 'len (splitList "" ($row.size | default ""))', 0],
  ])('is an empty text, or 0, to %s', (_what, value, template, result) => {
    expect(printed(value)).toBe(template);
    expect(evaluated(value)).toBe(result);
  });

  test('has no place in a text', () => {
    expect(() => evaluated(text`a-${size}`)).toThrow(
      '$row.size is not there, and stands in a text: say with orElse or override what takes its place',
    );
    expect(evaluated(text`a-${size}`, { name: 'small' })).toBe('a-1Gi');
  });
});
