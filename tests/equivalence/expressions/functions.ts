import fc from 'fast-check';
import * as t from '../../../lib/engine/renderers';
import type { Condition, Value } from '../../../lib/engine';
import { ODD_TEXTS } from '../documents/odd';
import { tried } from './schema';

/** Functions of strings, arithmetic of integers, lengths and patterns: what trees draw of them. */

/** Letters of which a language makes several, none or another one, and white space to one of both. */
const LETTERS = [
  'ŉǰΐᾳᾀᾨ',
  'ΟΔΟΣ ς',
  'ßẞİıſK',
  'ƛ\u1c89Ꟛ',
  'aBcDž',
  '\u0085a\ufeff',
  '\ufeff \u00a0a\u2003',
  '\v\f a\t',
];
const ends = fc.constantFrom(...ODD_TEXTS, 'a', '-', '😀', '');

export function functionsOfTexts(texts: fc.Arbitrary<Value<string>>): fc.Arbitrary<Value<string>> {
  const inner = fc.oneof(
    texts,
    fc.constantFrom(...LETTERS).map((letters) => t.text`${letters}${tried.text}`),
    fc.constantFrom(...LETTERS).map((letters) => t.literal(letters)),
  );
  return fc.oneof(
    fc
      .tuple(fc.constantFrom(t.lower, t.upper, t.trimmed, t.sha256Of, t.base64Of), inner)
      .map(([of, text]) => of(text)),
    fc.tuple(inner, fc.constantFrom(0, 1, 2, 5, 63, 1000)).map(([text, n]) => t.truncated(text, n)),
    fc
      .tuple(fc.constantFrom(t.withoutPrefix, t.withoutSuffix), inner, ends)
      .map(([without, text, end]) => without(text, end)),
    fc
      .tuple(fc.constantFrom(t.withoutPrefix, t.withoutSuffix), ends)
      .map(([without, end]) => without(t.text`${end}${tried.text}${end}`, end)),
  );
}

/** Integers that stay within 2^53, and what can be computed with them. */
export function integersOf(
  texts: fc.Arbitrary<Value<string>>,
  conditions: fc.Arbitrary<Condition>,
): fc.Arbitrary<Value<number>> {
  const { integers } = fc.letrec<{ integers: Value<number> }>((tie) => ({
    integers: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(tried.count, t.override(tried.maybeWhole, tried.count)),
      fc.constantFrom(0, 1, -1, 7, 1000).map((number) => t.literal(number)),
      texts.map((text) => t.lengthOf(text)),
      fc
        .constantFrom<Value<readonly unknown[]> | Value<Readonly<Record<string, unknown>>>>(
          tried.texts,
          tried.items,
          tried.map,
          tried.free,
        )
        .map((whole) => t.lengthOf(whole as Value<readonly unknown[]>)),
      fc
        .tuple(
          fc.constantFrom(t.plus, t.minus, t.times, t.least, t.greatest),
          tie('integers'),
          tie('integers'),
        )
        .map(([compute, one, other]) => within(() => compute(one, other)) ?? one),
      fc
        .tuple(conditions, tie('integers'), tie('integers'))
        .map(([condition, yes, no]) => t.choose(condition, yes, no)),
    ),
  }));
  return integers;
}

/** A result that may lie beyond 2^53 is refused. */
function within(compute: () => Value<number>): Value<number> | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}

const PATTERNS = [
  ...['', '^$', '^on$', 'a.b', '^.{1,3}$', '^.$', '^[^a]$', '^[a-z0-9.-]+$', '[0-9]{2,}', '^(?:a|b)*$'],
  ...[
    '\\d+',
    '^\\w+$',
    '\\bword\\b',
    '\\{\\{',
    '\\\\',
    '[\\]\\-^]',
    '[é-ü]',
    '^(a|-?\\d)+(\\.[a-z]{1,63})?$',
  ],
];

export function patternsOf(texts: fc.Arbitrary<Value<string>>): fc.Arbitrary<Condition> {
  const ends = fc.constantFrom('a\nb', 'a\rb', 'a\u2028b', '\n', '😀').map((text) => t.literal(text));
  return fc
    .tuple(fc.oneof(texts, fc.constant(tried.text), ends), fc.constantFrom(...PATTERNS))
    .map(([text, pattern]) => t.matches(text, pattern));
}
