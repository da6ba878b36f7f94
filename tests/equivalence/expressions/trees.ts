import fc from 'fast-check';
import * as t from '../../../lib/engine/renderers';
import type { Condition, References, Value } from '../../../lib/engine';
import type { Node } from '../../../lib/engine/renderers';
import { ODD_TEXTS } from '../documents/odd';
import { functionsOfTexts, integersOf, patternsOf } from './functions';
import { linesArbitrary, loopsOfEntries, loopsOfItems } from './loops';
import { tried } from './schema';

/** Random trees of everything that a template is made of. */

const node = (value: Value<unknown>): Node => t.expressionOf(value);
/** Constants may hold what values may not: they are escaped. */
const odd = fc.constantFrom(...ODD_TEXTS, '\u007f', '\u0085', 'a\u0085b', '\u009f', '\ufffe', '\uffff');
/** Keys that no map of values has, so that none is given twice. */
const keys = fc.constantFrom('k1', 'k.2', 'on/k', 'k{{3}}', 'k: 4', 'k5');
const row = t.lookupIn(
  tried.table as unknown as References<Record<string, { word: string; size: number }>>,
  tried.key,
  'row',
);

/** The row that a value of a loop chooses. */
const rowOf = (name: Value<string>): typeof row =>
  t.lookupIn(
    tried.table as unknown as References<Record<string, { word: string; size: number }>>,
    t.choose<string>(t.equals(name, ''), 'one', 'two'),
    'found',
  );

const { texts, conditions, numbers } = fc.letrec<{
  texts: Value<string>;
  conditions: Condition;
  numbers: Value<number>;
}>((tie) => ({
  texts: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Value<string>>(tried.text, tried.plain, row.word, tried.key),
    odd.map((text) => t.literal(text)),
    fc
      .tuple(odd, tie('texts'), tie('numbers'))
      .map(([before, inner, number]) => t.joined(before, t.text`${inner}/${number}`, '%')),
    tie('texts').map((inner) => t.text`port-${tried.whole}.${inner}`),
    fc
      .tuple(tie('conditions'), tie('texts'), tie('texts'))
      .map(([condition, yes, no]) => t.choose(condition, yes, no)),
    fc.tuple(tie('numbers'), tie('numbers')).map(([one, other]) => t.text`${one}:${other}`),
    fc
      .tuple(tie('numbers'), fc.constantFrom('', 'e3', ':30', '-a'))
      .map(([number, after]) => t.text`${number}${after}`),
    tie('texts').map((inner) => t.override(tried.maybeText, inner)),
    fc.tuple(tie('texts'), tie('texts')).map(([inner, fallback]) => t.orElse(inner, fallback)),
    fc
      .tuple(fc.constantFrom(tried.maybeText, tried.maybe.word, tried.maybe.inner['a-b']), tie('texts'))
      .map(([maybe, fallback]) => t.orElse(maybe, fallback)),
    functionsOfTexts(tie('texts')),
    fc
      .tuple(tie('texts'), fc.constantFrom('_', '{{', 'on', '"'), odd)
      .map(([inner, from, to]) => t.replaced(inner, from, to)),
    fc.constantFrom(',', ' ', '{{').map((separator) => t.join(tried.texts, separator)),
    fc
      .constantFrom<Value<unknown>>(
        tried.free,
        tried.map,
        tried.texts,
        tried.items,
        tried.fraction,
        tried.whole,
      )
      .map((value) => t.jsonOf(value)),
  ),
  numbers: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Value<number>>(tried.whole, row.size),
    fc.constantFrom(0, 1, 1000000, -5).map((number) => t.literal(number)),
    fc
      .tuple(fc.constantFrom(tried.maybeWhole, tried.maybe.inner.size), tie('numbers'))
      .map(([maybe, inner]) => t.override(maybe, inner)),
    integersOf(tie('texts'), tie('conditions')),
    fc
      .tuple(tie('conditions'), tie('numbers'), tie('numbers'))
      .map(([condition, yes, no]) => t.choose(condition, yes, no)),
  ),
  conditions: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Condition>(tried.flag, t.override(tried.maybeFlag, tried.flag)),
    fc
      .constantFrom<Value<unknown>>(
        tried.maybeFlag,
        tried.maybeWhole,
        tried.maybeText,
        tried.maybeMap,
        tried.maybe,
        tried.maybe.inner,
        tried.maybe.inner.map,
      )
      .map((value) => t.present(value)),
    fc
      .constantFrom<Value<string | readonly unknown[] | object | undefined>>(
        tried.text,
        tried.maybeText,
        tried.texts,
        tried.map,
        tried.maybeMap,
        tried.maybe,
        tried.maybe.inner.map,
        tried.free,
      )
      .map((value) => t.nonEmpty(value)),
    fc
      .tuple(fc.constantFrom(t.equals, t.differs), tie('texts'), odd)
      .map(([compare, text, other]) => compare(text, other)),
    fc
      .tuple(
        fc.constantFrom(t.lessThan, t.atMost, t.greaterThan, t.atLeast, t.equals),
        tie('numbers'),
        tie('numbers'),
      )
      .map(([compare, one, other]) => compare(one, other)),
    fc
      .tuple(fc.constantFrom(t.lessThan, t.greaterThan), fc.constantFrom(0, 0.5, 3))
      .map(([compare, bound]) => compare(tried.fraction, bound)),
    fc.array(tie('conditions'), { minLength: 2, maxLength: 3 }).map((parts) => t.and(...parts)),
    fc
      .tuple(tie('conditions'), tie('numbers'))
      .map(([condition, number]) =>
        t.and(condition, t.present(tried.maybe.inner), t.lessThan(t.given(tried.maybe.inner).size, number)),
      ),
    fc.array(tie('conditions'), { minLength: 2, maxLength: 3 }).map((parts) => t.or(...parts)),
    tie('conditions').map((condition) => t.not(condition)),
    fc.constant(t.hasRow(tried.table as Value<Readonly<Record<string, unknown>>>, tried.otherKey)),
    fc.constantFrom('^on$', '[0-9]', 'a.b').map((pattern) => t.someKeyMatches(tried.map, pattern)),
    fc.constantFrom('^on$', '[0-9]', '[{{]', '^.$').map((pattern) => t.someItemMatches(tried.texts, pattern)),
    patternsOf(tie('texts')),
    fc.constantFrom('a', '{{', '"').map((part) => t.contains(tried.text, part)),
  ),
}));

/** One of two maps or lists of values. */
const choices = {
  map: conditions.map((condition) => t.choose(condition, tried.map, tried.otherMap)),
  list: conditions.map((condition) => t.choose(condition, tried.texts, tried.otherTexts)),
};
const wholes = fc.oneof<fc.Arbitrary<Value<unknown>>[]>(choices.map, choices.list);

const { nodes, maps } = fc.letrec<{ nodes: Node; maps: Node; lists: Node; items: Node }>((tie) => ({
  nodes: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    texts.map(node),
    fc.oneof(numbers, conditions, fc.constant(tried.fraction)).map(node),
    fc.constantFrom(tried.free, tried.map, tried.texts, tried.items).map(node),
    fc.oneof<fc.Arbitrary<Node>[]>(odd, fc.integer(), fc.boolean()),
    wholes.map(node),
    tie('maps'),
    tie('lists'),
    fc.tuple(conditions, tie('nodes')).map(([condition, body]) => t.when(condition, body)),
    tie('maps').map((ours) => t.theirsOr(tried.free, ours)),
    tie('nodes').map((body): Node =>
      t.when(t.present(tried.maybe), {
        k1: node(t.given(tried.maybe).word),
        'k.2': t.when(t.nonEmpty(tried.maybe.inner.map), {
          k1: node(t.given(tried.maybe.inner)['a-b']),
          k5: node(t.given(tried.maybe.inner.map)),
        }),
        k5: body,
      }),
    ),
    // What a condition has asked is the dot inside of it; the rest is not.
    fc
      .tuple(fc.constantFrom(tried.free, tried.text, tried.items), tie('nodes'))
      .map(([asked, body]): Node =>
        t.when(t.nonEmpty(asked as Value<string>), { k1: node(asked), k5: body }),
      ),
  ),
  maps: fc
    .tuple(
      fc.uniqueArray(fc.tuple(keys, tie('nodes')), { maxLength: 4, selector: ([key]) => key }),
      fc.constantFrom('none', 'map', 'maybe'),
      loopsOfEntries(conditions, tie('nodes')),
    )
    .map(([entries, user, loops]): Node => ({
      ...(Object.fromEntries(entries) as Record<string, Node>),
      ...loops,
      ...(user === 'none'
        ? {}
        : (t.spreadMap(
            user === 'map' ? tried.map : (tried.maybeMap as unknown as Value<Record<string, string>>),
          ) as unknown as Record<string, Node>)),
    })),
  lists: fc.array(tie('items'), { maxLength: 4 }),
  items: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    texts.map(node),
    fc
      .tuple(fc.constantFrom<Value<unknown>>(tried.text, tried.plain, tried.whole), tie('maps'))
      .map(([name, map]): Node => ({ ...(map as object), name: node(name) })),
    tie('maps'),
    tie('maps').map((ours) => t.theirsOr(tried.free, ours)),
    fc.tuple(conditions, tie('items')).map(([condition, item]) => t.when(condition, item)),
    fc.constant<Node>(
      t.eachOf(tried.items, 'item', (item): Node => ({
        name: node(t.local('named', t.text`${item.name}-${row.word}`)),
        row: node(rowOf(item.name).word),
      })),
    ),
    fc.constant<Node>(t.spread(tried.items)),
    fc.constant<Node>(t.spread(tried.texts)),
    choices.list.map((list): Node => t.spread(list)),
    loopsOfItems(conditions, tie('nodes')),
    fc.constant<Node>(
      t.eachOf(tried.items, 'item', (item): Node => ({
        name: node(item.name),
        port: t.when(item.on, node(item.port)),
      })),
    ),
    fc.constant<Node>(
      t.eachEntry(tried.map, ['key', 'entry'], (key, entry): Node => ({
        name: node(key),
        value: node(t.text`${entry}-${tried.plain}`),
      })),
    ),
  ),
}));

/** Maps, as an object of the API is one. */
export const treeArbitrary: fc.Arbitrary<Node> = fc.oneof(
  maps,
  fc.tuple(keys, nodes).map(([key, value]): Node => ({ [key]: value })),
);

/** Lines for people, with the same texts and conditions. */
export const linesOfTrees = linesArbitrary(texts, conditions);
