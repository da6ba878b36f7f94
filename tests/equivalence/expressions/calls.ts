import { Type } from '@sinclair/typebox';
import fc from 'fast-check';
import * as t from '../../../lib/engine/renderers';
import type { Arguments, Value } from '../../../lib/engine';
import type { Node } from '../../../lib/engine/renderers';
import { ODD_TEXTS } from '../documents/odd';
import { tried } from './schema';

const node = (value: Value<unknown>): Node => t.expressionOf(value);

const given = t.parameters({
  text: Type.String(),
  whole: Type.Integer(),
  fraction: Type.Number(),
  flag: Type.Boolean(),
  texts: Type.Array(Type.String()),
  map: Type.Unsafe<Record<string, unknown>>({ type: 'object' }),
});

/** A tree inside of a template with parameters, which are looked at in all ways. */
export function called(tree: Node): Node {
  return {
    tree,
    name: node(given.text),
    inside: t.when(given.flag, tree),
    without: t.when(t.not(given.flag), node(t.text`${given.text}-${tried.plain}:${given.whole}`)),
    whole: node(given.whole),
    fraction: node(given.fraction),
    comparison: node(t.lessThan(given.whole, 3)),
    texts: t.when(t.nonEmpty(given.texts), { list: node(given.texts), text: node(tried.text) }),
    ours: t.theirsOr(given.map, { text: node(t.replaced(given.text, 'a', 'b')) }),
  };
}

/** Texts that `toYaml` hands through inside of a structure. */
const inner = fc.constantFrom('', 'on', '1e3', '0x1F', 'a: b', '- a', '"', "it's", '{{ x }}', 'a\nb', ' a ');

/** What it is called with: constants and values. */
export const givenArbitrary: fc.Arbitrary<Arguments> = fc.record<Arguments>({
  text: fc.oneof(
    fc.constantFrom(...ODD_TEXTS),
    fc.constant(tried.text),
    fc.constant(t.text`a-${tried.plain}`),
  ),
  whole: fc.oneof(fc.constantFrom(0, -5, 1000000), fc.constant(tried.whole)),
  fraction: fc.oneof(fc.constantFrom(0.5, 2), fc.constant(tried.fraction)),
  flag: fc.oneof(fc.boolean(), fc.constant(tried.flag)),
  texts: fc.oneof(fc.array(inner, { maxLength: 2 }), fc.constant(tried.texts)),
  map: fc.oneof(
    fc.constant({}),
    fc.tuple(inner, inner).map(([key, text]) => ({ [key]: { text, list: [1, true, text, [text]] } })),
    fc.constant(tried.free),
  ),
});
