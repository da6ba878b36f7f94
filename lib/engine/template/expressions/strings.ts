import { createHash } from 'node:crypto';
import type { Json } from '../json';
import {
  comparable,
  Expression,
  expressionOf,
  valueOf,
  type EvaluationScope,
  type PrintScope,
  type Value,
} from '../value';
import { lowerCase, upperCase } from './letter-case';

/** A function of one string, in both of its meanings. */
class OfString extends Expression {
  readonly type = 'string';
  constructor(
    private readonly text: Expression,
    /** The Go function, and what it takes before the string. */
    private readonly call: string,
    private readonly meaning: (text: string) => string,
  ) {
    super();
  }
  override print(scope: PrintScope): string {
    return `${this.text.stringOperand(scope)} | ${this.call}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    const text = this.text.evaluate(scope);
    return this.meaning(typeof text === 'string' ? text : '');
  }
  override parts(): readonly Expression[] {
    return [this.text];
  }
}

function ofString(text: Value<string>, call: string, meaning: (text: string) => string): Value<string> {
  return valueOf(new OfString(expressionOf(text), call, meaning));
}

/** The string in small letters. Each character becomes one, as in Go and unlike in JavaScript. */
export function lower(text: Value<string>): Value<string> {
  return ofString(text, 'lower', lowerCase);
}

/** The string in capitals. Each character becomes one, as in Go: ß stays ß. */
export function upper(text: Value<string>): Value<string> {
  return ofString(text, 'upper', upperCase);
}

/** RE2 counts no further. */
const LONGEST = 1000;

/**
 * The first characters of a string. Sprig's `trunc` counts bytes, and may leave a part of a character, which is no
 * text any more; a pattern counts characters.
 */
export function truncated(text: Value<string>, length: number): Value<string> {
  if (!Number.isInteger(length) || length < 0 || length > LONGEST)
    throw new Error(`truncated to ${length} characters: it takes a whole number from 0 to ${LONGEST}`);
  return ofString(text, `regexFind "(?s)^.{0,${length}}"`, (whole) =>
    Array.from(whole).slice(0, length).join(''),
  );
}

/** What Go takes for white space; JavaScript leaves U+0085 out, and takes U+FEFF for some. */
const SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const ENDS = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g');

/** The string without white space at its ends. */
export function trimmed(text: Value<string>): Value<string> {
  return ofString(text, 'trim', (whole) => whole.replace(ENDS, ''));
}

/** The string without a beginning, where it has it; taken off once. */
export function withoutPrefix(text: Value<string>, prefix: string): Value<string> {
  return ofString(text, `trimPrefix ${JSON.stringify(prefix)}`, (whole) =>
    whole.startsWith(prefix) ? whole.slice(prefix.length) : whole,
  );
}

/** The string without an end, where it has it; taken off once. After `truncated`, a name may end in a dash. */
export function withoutSuffix(text: Value<string>, suffix: string): Value<string> {
  return ofString(text, `trimSuffix ${JSON.stringify(suffix)}`, (whole) =>
    whole.endsWith(suffix) ? whole.slice(0, whole.length - suffix.length) : whole,
  );
}

/** The string with every `from` replaced. */
export function replaced(text: Value<string>, from: string, to: string): Value<string> {
  if (from === '')
    throw new Error(
      `replaced(${comparable(text)}, '', …): Go and JavaScript find an empty text in other places`,
    );
  return ofString(text, `replace ${JSON.stringify(from)} ${JSON.stringify(to)}`, (whole) =>
    whole.split(from).join(to),
  );
}

/** The SHA-256 of the string in UTF-8, in hexadecimal digits. */
export function sha256Of(text: Value<string>): Value<string> {
  return ofString(text, 'sha256sum', (whole) => createHash('sha256').update(whole).digest('hex'));
}

/** The string in UTF-8, in base64: the `data` of a Secret. */
export function base64Of(text: Value<string>): Value<string> {
  return ofString(text, 'b64enc', (whole) => Buffer.from(whole).toString('base64'));
}
