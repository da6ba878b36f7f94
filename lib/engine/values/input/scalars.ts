/** What a scalar's text stands for. Integers are exact, whatever their size. */
export type Resolved =
  | { kind: 'null' }
  | { kind: 'bool'; value: boolean }
  | { kind: 'int'; value: bigint }
  | { kind: 'float'; value: number }
  | { kind: 'string'; value: string };

/** The words with a meaning: YAML 1.1 as go-yaml v2 reads it. */
const words = new Map<string, Resolved>([
  ...entries(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'], {
    kind: 'bool',
    value: true,
  }),
  ...entries(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'], {
    kind: 'bool',
    value: false,
  }),
  ...entries(['', '~', 'null', 'Null', 'NULL'], { kind: 'null' }),
  ...entries(['.nan', '.NaN', '.NAN'], { kind: 'float', value: Number.NaN }),
  ...entries(['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'], { kind: 'float', value: Infinity }),
  ...entries(['-.inf', '-.Inf', '-.INF'], { kind: 'float', value: -Infinity }),
]);

/** The ways to write an integer; `0b-1` is a slip of go-yaml v2 that programs can see, so it is kept. */
const integers: readonly { pattern: RegExp; prefix: string }[] = [
  { pattern: /^(?<sign>[-+]?)0[xX](?<digits>[0-9a-fA-F]+)$/, prefix: '0x' },
  { pattern: /^(?<sign>[-+]?)0[bB](?<digits>[01]+)$/, prefix: '0b' },
  { pattern: /^0b(?<sign>[-+])(?<digits>[01]+)$/, prefix: '0b' },
  { pattern: /^(?<sign>[-+]?)0[oO](?<digits>[0-7]+)$/, prefix: '0o' },
  { pattern: /^(?<sign>[-+]?)0(?<digits>[0-7]+)$/, prefix: '0o' },
  { pattern: /^(?<sign>[-+]?)(?<digits>0|[1-9][0-9]*)$/, prefix: '' },
];

/** A number that starts with its point: here underscores must stand between digits. */
const fraction = /^\.[0-9]+(_[0-9]+)*([eE][-+]?[0-9]+(_[0-9]+)*)?$/;

const float = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

/**
 * What a plain (unquoted, untagged) scalar stands for. Underscores count nothing between digits; a leading
 * zero means octal when all digits allow it and decimal otherwise (`010` is 8, `08` is 8 too); `1:30` and dates
 * are strings.
 */
export function resolvePlain(text: string): Resolved {
  return words.get(text) ?? number(text) ?? { kind: 'string', value: text };
}

function number(text: string): Resolved | undefined {
  if (text.startsWith('.')) return fraction.test(text) ? decimal(text.replaceAll('_', '')) : undefined;
  if (!/^[-+0-9]/.test(text)) return undefined;
  const digits = text.replaceAll('_', '');
  return integer(digits) ?? decimal(digits);
}

function integer(text: string): Resolved | undefined {
  for (const { pattern, prefix } of integers) {
    const groups = pattern.exec(text)?.groups;
    if (groups === undefined) continue;
    const size = BigInt(`${prefix}${groups['digits'] ?? ''}`);
    const value = groups['sign'] === '-' ? -size : size;
    if (prefix === '' || fits(value, groups['sign'] ?? '')) return { kind: 'int', value };
  }
  return undefined;
}

/** Whether go-yaml v2 has a type for the integer; otherwise hexadecimal and binary digits are a string. */
function fits(value: bigint, sign: string): boolean {
  return value < (sign === '' ? 2n ** 64n : 2n ** 63n) && value >= -(2n ** 63n);
}

function decimal(text: string): Resolved | undefined {
  const value = float.test(text) ? Number(text) : Infinity;
  return Number.isFinite(value) ? { kind: 'float', value } : undefined;
}

function entries(texts: readonly string[], resolved: Resolved): [string, Resolved][] {
  return texts.map((text) => [text, resolved]);
}
