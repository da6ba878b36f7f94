import fc from 'fast-check';
import { LOST, ODD_KEYS, ODD_TEXTS, ORDINARY_TEXTS } from './odd';
import type { JsonSchema } from './schema';

/** How long random text is at most: long texts are among the odd ones. */
const MOST = 60;

/** One arbitrary for all: each of its own costs a millisecond. */
const ANY_TEXT = fc.string({ unit: 'binary', maxLength: MOST }).filter((text) => !LOST.test(text));
const ANY_KEY = ANY_TEXT.filter((text) => text !== '' && text.length <= 20);

/** Texts that a schema for strings accepts, biased to those that are easily misread. */
export function textArbitrary(schema: JsonSchema): fc.Arbitrary<string> {
  const fits = acceptor(schema);
  const known = [
    ...new Set([...ODD_TEXTS, ...ORDINARY_TEXTS, ...examplesOf(schema), ...longest(schema)]),
  ].filter(fits);
  const random = randomText(schema).filter(fits);
  return known.length === 0
    ? random
    : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: random });
}

function randomText({ pattern }: JsonSchema): fc.Arbitrary<string> {
  if (pattern === undefined) return ANY_TEXT;
  const matching = fc.stringMatching(new RegExp(pattern, 'u'), { maxLength: MOST });
  return pattern.includes('\\x00') ? fc.oneof(matching, ANY_TEXT) : matching;
}

/** Whether a string is valid; lengths count characters, as both validators do. */
export function acceptor({
  pattern,
  minLength = 0,
  maxLength = Infinity,
}: JsonSchema): (text: string) => boolean {
  const matcher = pattern === undefined ? undefined : new RegExp(pattern, 'u');
  return (text) => {
    const length = Array.from(text).length;
    return length >= minLength && length <= maxLength && (matcher?.test(text) ?? true);
  };
}

function examplesOf({ examples = [] }: JsonSchema): string[] {
  return examples.filter((example): example is string => typeof example === 'string');
}

/** As long as it may be. */
function longest({ maxLength = 0 }: JsonSchema): string[] {
  const long = ['a', '0', '/a', 'é'].map((unit) => unit.repeat(Math.floor(maxLength / unit.length)));
  return [
    ...long,
    `http://${'a'.repeat(Math.max(0, maxLength - 7))}`,
    `1${'0'.repeat(Math.max(0, maxLength - 1))}`,
  ];
}

/** Keys of a map with free keys. */
export function keyArbitrary(names: JsonSchema | undefined): fc.Arbitrary<string> {
  if (names?.pattern !== undefined) return textArbitrary(names);
  return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...ODD_KEYS) }, { weight: 1, arbitrary: ANY_KEY });
}
