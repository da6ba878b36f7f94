import fc from 'fast-check';
import * as t from '../../../lib/engine/renderers';
import type { Condition, Line, Value } from '../../../lib/engine';
import type { Node } from '../../../lib/engine/renderers';
import { tried } from './schema';

/** Loops with an index, with filters, with several items a round, and with keys of a map; lines for people. */

const node = (value: Value<unknown>): Node => t.expressionOf(value);

let names = 0;

/** The name of a variable of a loop that may have others in it: each has to have its own. */
function fresh(name: string): string {
  return `${name}${names++}`;
}

/** Some filter of the entries alone, and some of what the whole release says. */
function filters(conditions: fc.Arbitrary<Condition>): fc.Arbitrary<(own: Condition) => Condition> {
  return fc.oneof(
    fc.constant((own: Condition) => own),
    fc.constant((own: Condition) => t.not(own)),
    conditions.map((other) => (own: Condition) => t.and(own, other)),
    conditions.map((other) => (own: Condition) => t.or(other, own)),
  );
}

/** Items of a list. */
export function loopsOfItems(
  conditions: fc.Arbitrary<Condition>,
  nodes: fc.Arbitrary<Node>,
): fc.Arbitrary<Node> {
  const filter = filters(conditions);
  return fc.oneof<fc.Arbitrary<Node>[]>(
    fc.constant(
      t.eachOf(tried.items, ['item', 'i'], (item, i): Node => ({
        name: node(t.text`${i}-${item.name}`),
        next: node(t.plus(t.times(i, 3), 1)),
        first: t.when(t.equals(i, 0), node(item.port)),
      })),
    ),
    filter.map((only) =>
      t.eachOf(tried.items, 'item', (item): Node => t.when(only(item.on), { name: node(item.name) })),
    ),
    fc
      .tuple(filter, fc.constantFrom('^[a-z]', '\\d', '^$'))
      .map(([only, pattern]) =>
        t.eachOf(tried.texts, ['one', 'i'], (one, i): Node =>
          t.when(only(t.matches(one, pattern)), node(t.text`${i}:${one}`)),
        ),
      ),
    fc
      .tuple(filter, nodes)
      .map(([only, inner]) =>
        t.eachOf(tried.items, fresh('item'), (item): Node => [
          node(t.upper(item.name)),
          t.when(only(item.on), { name: 'x', inner }),
        ]),
      ),
    fc
      .tuple(filter, filter)
      .map(([only, other]) =>
        t.eachOf(tried.items, 'item', (item): Node => [
          t.when(only(item.on), node(item.port)),
          t.when(other(t.nonEmpty(item.name)), 'named'),
        ]),
      ),
    filter.map((only) =>
      t.eachOf(tried.items, ['item', 'i'], (item, i): Node =>
        t.eachEntry(tried.map, ['key', 'entry'], (key, entry): Node =>
          t.when(only(t.equals(item.name, entry)), node(t.text`${i}${key}`)),
        ),
      ),
    ),
  );
}

/** Entries of a map: of each kind of loop at most one, so that no key is given twice. */
export function loopsOfEntries(
  conditions: fc.Arbitrary<Condition>,
  nodes: fc.Arbitrary<Node>,
): fc.Arbitrary<Readonly<Record<string, Node>>> {
  const filter = filters(conditions);
  const none = fc.constant({});
  const ofMap = nodes.map((value) =>
    t.spreadEach(
      t.eachEntry(tried.map, [fresh('key'), fresh('entry')], (key) => ({ key: t.text`m-${key}`, value })),
    ),
  );
  const ofTexts = filter.map((only) =>
    t.spreadEach(
      t.eachOf(tried.texts, ['one', 'i'], (one, i) =>
        t.when(only(t.nonEmpty(one)), { key: t.text`t${i}`, value: node(one) }),
      ),
    ),
  );
  const nested = filter.map((only) =>
    t.spreadEach(
      t.eachOf(tried.items, ['item', 'i'], (item, i) =>
        t.eachEntry(tried.map, ['key', 'entry'], (key, entry) => ({
          key: t.text`n/${i}/${key}`,
          value: t.when(only(item.on), node(entry)),
        })),
      ),
    ),
  );
  return fc
    .tuple(fc.oneof(none, ofMap), fc.oneof(none, ofTexts), fc.oneof(none, nested))
    .map((all) => Object.assign({}, ...all) as Readonly<Record<string, Node>>);
}

/** Lines for people: those that a template can print. */
export function linesArbitrary(
  texts: fc.Arbitrary<Value<string>>,
  conditions: fc.Arbitrary<Condition>,
): fc.Arbitrary<readonly Line[]> {
  const { lines } = fc.letrec<{ lines: readonly Line[]; line: Line }>((tie) => ({
    lines: fc.array(tie('line'), { maxLength: 3 }),
    line: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('', 'a line', '  - "{{ x }}"', '{{- if }}', 'é\u00a0b'),
      texts,
      texts.map((text) => t.text`  {{ a }} ${text} ${tried.count}.`),
      fc.tuple(conditions, tie('lines')).map(([condition, body]) => t.when(condition, body)),
      fc
        .tuple(conditions, tie('lines'), tie('lines'))
        .map(([condition, body, otherwise]) => t.either(condition, body, otherwise)),
      tie('lines').map((body) =>
        t.eachOf(tried.items, [fresh('item'), fresh('i')], (item, i): readonly Line[] => [
          t.text`${i}. ${item.name}`,
          t.when(item.on, [t.text`on: ${tried.text}`]),
          ...body,
        ]),
      ),
    ),
  }));
  return lines.map((body): readonly Line[] => ['Lines', ...body]).filter(isPrintable);
}

/** Blank lines before a block are refused. */
function isPrintable(lines: readonly Line[]): boolean {
  try {
    t.printLines(lines, t.printScope(undefined));
    return true;
  } catch {
    return false;
  }
}
