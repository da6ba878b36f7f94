/**
 * What PyYAML's SafeLoader reads in a plain scalar. It follows YAML 1.1 only in part: `y` and `n` are text, a float
 * needs a point and its exponent a sign (`1e-7`, `1.0e7` and `+.5` are text, `1.0e-7` is a float), a leading zero means
 * octal, colons mean base sixty.
 *
 * Source: resolver and constructor of PyYAML 6.0.
 */

/** Text that PyYAML stops at; the message says why. */
export class ScalarError extends Error {}

const NULL = /^(?:~|null|Null|NULL|)$/;
const TRUE = /^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INT = [
  /^[-+]?0b[01_]+$/,
  /^[-+]?0[0-7_]+$/,
  /^[-+]?(?:0|[1-9][0-9_]*)$/,
  /^[-+]?0x[0-9a-fA-F_]+$/,
  /^[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+$/,
];
const FLOAT = [
  /^[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?$/,
  /^\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?$/,
  /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
  /^[-+]?\.(?:inf|Inf|INF)$/,
  /^\.(?:nan|NaN|NAN)$/,
];
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIMESTAMP =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|[ \t]+)\d{1,2}:\d{2}:\d{2}(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d{1,2}(?::\d{2})?))?$/;

/** A number in JSON, in YAML 1.2 or to a reader. */
const LIKE_A_NUMBER = /^(?:[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|0o[0-7]+)$/;

/** Value of a plain scalar without a tag: null, boolean, number, Date or text. */
export function plainScalar(text: string): unknown {
  if (NULL.test(text)) return null;
  if (TRUE.test(text) || FALSE.test(text)) return TRUE.test(text);
  if (FLOAT.some((form) => form.test(text))) return floatOf(text);
  if (INT.some((form) => form.test(text))) return intOf(text);
  if (DATE.test(text) || TIMESTAMP.test(text)) return dateOf(text);
  if (text === '=')
    throw new ScalarError('a plain "=" is a special key of YAML 1.1 that PyYAML cannot construct');
  return text;
}

/** Whether a plain scalar looks like a number and is read as text. */
export function isNumberReadAsText(text: string): boolean {
  return LIKE_A_NUMBER.test(text) && ![...FLOAT, ...INT].some((form) => form.test(text));
}

/** Value of a scalar that carries one of the tags of YAML's core; undefined for any other tag. */
export function taggedScalar(tag: string, text: string): { readonly value: unknown } | undefined {
  const constructors: Readonly<Record<string, (text: string) => unknown>> = {
    'tag:yaml.org,2002:str': (plain) => plain,
    'tag:yaml.org,2002:null': () => null,
    'tag:yaml.org,2002:bool': boolOf,
    'tag:yaml.org,2002:int': intOf,
    'tag:yaml.org,2002:float': floatOf,
    'tag:yaml.org,2002:timestamp': dateOf,
  };
  const construct = constructors[tag];
  return construct && { value: construct(text) };
}

function boolOf(text: string): boolean {
  const lower = text.toLowerCase();
  if (!TRUE.test(lower) && !FALSE.test(lower)) throw new ScalarError(`${text} is no boolean`);
  return TRUE.test(lower);
}

function intOf(written: string): number {
  const text = written.replaceAll('_', '');
  const sign = text.startsWith('-') ? -1 : 1;
  return finite(sign * magnitude(text.replace(/^[-+]/, '')), written);
}

function magnitude(digits: string): number {
  if (/^0[bx]./.test(digits)) return Number(digits);
  if (/^0[0-7]+$/.test(digits)) return Number(`0o${digits}`);
  if (digits.includes(':')) return baseSixty(digits);
  return /^\d+$/.test(digits) ? Number(digits) : NaN;
}

function floatOf(written: string): number {
  const text = written.replaceAll('_', '').toLowerCase();
  const sign = text.startsWith('-') ? -1 : 1;
  const digits = text.replace(/^[-+]/, '');
  if (digits === '.nan') return NaN;
  if (digits === '.inf') return sign * Infinity;
  return finite(sign * (digits.includes(':') ? baseSixty(digits) : Number(digits || NaN)), written);
}

function baseSixty(digits: string): number {
  return digits.split(':').reduce((total, part) => total * 60 + Number(part), 0);
}

function finite(value: number, written: string): number {
  if (Number.isNaN(value)) throw new ScalarError(`${written} is no number`);
  return value;
}

/** Dates stay dates: no key of the configuration takes one, so that the schema refuses them as Python's does. */
function dateOf(text: string): Date {
  const [year = NaN, month = NaN, day = NaN, hour = 0, minute = 0, second = 0] = (
    text.match(/\d+/g) ?? []
  ).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!real || hour > 23 || minute > 59 || second > 59) throw new ScalarError(`${text} is no date`);
  return date;
}
