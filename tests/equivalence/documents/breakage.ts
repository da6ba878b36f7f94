import fc from 'fast-check';
import type { Json } from '../../../lib/engine';
import type { Override } from './draft';
import type { JsonSchema, Leaf } from './schema';

/** Values of every type: most of them wrong for most leaves. */
const STRANGERS: readonly Json[] = [
  'a word',
  '',
  '5',
  5,
  -1,
  0,
  1.5,
  true,
  null,
  [],
  {},
  ['a'],
  { a: 'b' },
  2 ** 53,
];

/** Just beyond what the schema allows. */
function beyond({ minimum, maximum, maxLength }: JsonSchema): Json[] {
  return [
    ...(minimum === undefined ? [] : [minimum - 1]),
    ...(maximum === undefined ? [] : [maximum + 1]),
    ...(maxLength === undefined ? [] : ['a'.repeat(maxLength + 1)]),
  ];
}

function wrongValue({ path, schema }: Leaf): fc.Arbitrary<Override> {
  return fc.constantFrom(...STRANGERS, ...beyond(schema)).map((value) => ({ path, value }));
}

/** A key that nobody knows, beside one that somebody does. */
function wrongKey({ path }: Leaf): fc.Arbitrary<Override> {
  return fc
    .constantFrom('typo', 'Enabled', 'imageRegistry', '')
    .map((key) => ({ path: [...path.slice(0, -1), key], value: 'x' }));
}

/** A whole group replaced. */
function wrongGroup({ path }: Leaf): fc.Arbitrary<Override> {
  return fc
    .constantFrom<Json>(null, 'text', 5, [])
    .map((value) => ({ path: path.slice(0, Math.max(1, path.length - 1)), value }));
}

/** An override that the schema most probably refuses. */
export function breakage(leaves: readonly Leaf[]): fc.Arbitrary<Override> {
  return fc
    .constantFrom(...leaves)
    .chain((leaf) =>
      fc.oneof(
        { weight: 3, arbitrary: wrongValue(leaf) },
        { weight: 1, arbitrary: wrongKey(leaf) },
        { weight: 1, arbitrary: wrongGroup(leaf) },
      ),
    );
}
