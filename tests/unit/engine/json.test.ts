import { type Json, isJsonObject, toRawJson } from '../../../lib/engine';
import { sortedKeys } from '../../../lib/engine/renderers';

/** What sprig's `toRawJson` (Go's encoding/json, without HTML escapes) writes. */
const TABLE: readonly (readonly [Json, string])[] = [
  ['<a href="x">&</a>', '"<a href=\\"x\\">&</a>"'],
  ['\u2028\u2029', '"\\u2028\\u2029"'],
  ['\n\t\\', '"\\n\\t\\\\"'],
  ['\u0001', '"\\u0001"'],
  ['ü😀', '"ü😀"'],
  [0, '0'],
  [-0, '-0'],
  [0.92, '0.92'],
  [1e6, '1000000'],
  [1e20, '100000000000000000000'],
  [1e21, '1e+21'],
  [0.000001, '0.000001'],
  [true, 'true'],
  [null, 'null'],
  [[], '[]'],
  [{}, '{}'],
  [[1, 'a', null], '[1,"a",null]'],
  [{ b: 1, a: { d: [], c: 2 } }, '{"a":{"c":2,"d":[]},"b":1}'],
];

test.each(TABLE)('%j is %s', (value, json) => {
  expect(toRawJson(value)).toBe(json);
});

test('keys are in the order of their code points, not of their UTF-16 units', () => {
  expect(sortedKeys({ '\uffff': 1, '😀': 1, b: 1, B: 1, '10': 1, '9': 1, '': 1 })).toEqual([
    '',
    '10',
    '9',
    'B',
    'b',
    '\uffff',
    '😀',
  ]);
});

test.each([
  [{}, true],
  [[], false],
  [null, false],
  ['a', false],
])('%j is an object: %s', (value, is) => {
  expect(isJsonObject(value)).toBe(is);
});
