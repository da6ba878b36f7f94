import { limits } from './limits';

/** A value of `--set`, or what is wrong with it. */
export type SetValue = { value: string | number | boolean | null } | { message: string };

const words: readonly { pattern: RegExp; value: boolean | null }[] = [
  { pattern: /^true$/iu, value: true },
  { pattern: /^false$/iu, value: false },
  { pattern: /^null$/iu, value: null },
];

/**
 * What the text of a `--set` value stands for: true, false and null in any case, whole numbers in 64 bits;
 * anything else is a string: fractions, exponents, digits behind a leading zero, larger numbers.
 */
export function typedValue(text: string): SetValue {
  const word = words.find(({ pattern }) => pattern.test(text));
  if (word !== undefined) return { value: word.value };
  if (text !== '0' && !/^(?:[-+][0-9]+|[1-9][0-9]*)$/.test(text)) return { value: text };
  return integer(text, BigInt(text.replace(/^\+/, '')));
}

function integer(text: string, value: bigint): SetValue {
  if (value >= 2n ** 63n || value < -(2n ** 63n)) return { value: text };
  if (value <= limits.maxInteger && value >= -limits.maxInteger) return { value: Number(value) };
  return { message: `${text} is beyond 2^53: use --set-string.` };
}
