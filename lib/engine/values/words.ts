import type { TSchema } from '@sinclair/typebox';
import { CIDR, DNS_LABEL, DNS_SUBDOMAIN, HOURS, line, MINUTES, OR_EMPTY, QUANTITY } from './shapes';

/** What the patterns that many values share ask for. */
const WORDS = new Map<string, string>([
  [QUANTITY, 'a quantity such as 500m, 2 or 1.5Gi'],
  [DNS_LABEL, 'a DNS label: lower-case letters, digits and dashes, with a letter or digit at both ends'],
  [DNS_SUBDOMAIN, 'DNS labels joined by dots: lower-case letters, digits and dashes'],
  [CIDR, 'a network such as 10.0.0.0/16'],
  [String(line('')['pattern']), 'one line without control characters'],
  [MINUTES, 'a time such as 30s or 5m'],
  [HOURS, 'a time such as 30s, 5m or 1h'],
  ['^[A-Za-z_][A-Za-z0-9_]*$', 'letters, digits and underscores, with no digit in front'],
  ['^(/[A-Za-z0-9._-]+)+$', 'a path such as /health, without a slash at its end'],
  ['^[A-Za-z0-9_][A-Za-z0-9_.-]*$', 'letters, digits, underscores, dots and dashes'],
  ['^sha256:[0-9a-f]{64}$', 'sha256: and 64 hexadecimal digits'],
  ['^[a-z0-9./-]+$', 'lower-case letters, digits, dots, slashes and dashes'],
  ['^[0-9]+(\\.[0-9]+)?$', 'a number in quotes, such as "2.5"'],
  ['^[0-9a-f]{40}$', 'a commit: 40 hexadecimal digits'],
]);

/** What a text must look like: in words where there are some, a chart's own among them, otherwise as the pattern itself. */
export function patternWords(pattern: string, own: ReadonlyMap<string, string>, schema?: TSchema): string {
  if (pattern.startsWith(OR_EMPTY))
    return `${patternWords(pattern.slice(OR_EMPTY.length), own, schema)}, or empty`;
  const words = own.get(pattern) ?? WORDS.get(pattern);
  if (words !== undefined) return words;
  const [example] = (schema?.['examples'] ?? []) as readonly string[];
  return example === undefined
    ? `text that matches ${pattern}`
    : `text such as ${example} (it must match ${pattern})`;
}

const TYPES = new Map([
  ['string', 'text'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['object', 'a map'],
  ['array', 'a list'],
  ['null', 'null'],
]);

/** A type of JSON, in words. */
export function typeWords(type: string): string {
  return TYPES.get(type) ?? type;
}

/** A value, short, as it stands in a sentence. */
export function shown(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const text = JSON.stringify(value);
  return typeof value === 'string' ? `the text ${text.length > 60 ? `${text.slice(0, 57)}…"` : text}` : text;
}

/** What a schema asks for, on one line: for people who look for a value, or who got it wrong. */
export function expectation(schema: TSchema, own: ReadonlyMap<string, string>): string {
  const words = schema['enum'] as readonly string[] | undefined;
  if (words !== undefined) return `one of ${words.join(', ')}`;
  const alternatives = schema['anyOf'] as readonly TSchema[] | undefined;
  if (alternatives !== undefined) return alternatives.map((one) => expectation(one, own)).join(', or ');
  switch (schema['type'] as string | undefined) {
    case 'integer':
    case 'number':
      return `${typeWords(String(schema['type']))}${boundWords(schema)}`;
    case 'string':
      return schema['pattern'] === undefined ? 'text' : patternWords(String(schema['pattern']), own, schema);
    case undefined:
      return 'anything';
    default:
      return typeWords(String(schema['type']));
  }
}

function boundWords({ minimum, maximum }: TSchema): string {
  if (minimum === undefined || maximum === undefined) return '';
  return ` from ${String(minimum)} to ${String(maximum)}`;
}
