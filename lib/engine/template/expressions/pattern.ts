import type { Json } from '../json';
import {
  Expression,
  expressionOf,
  valueOf,
  type Condition,
  type EvaluationScope,
  type PrintScope,
  type Value,
} from '../value';

/** What a pattern is made of: escapes, classes, groups, counts, and single characters. */
const TOKENS = /\\.|\[(?:\\.|[^\]\\])*\]|\(\?:?|\{\d+(?:,\d*)?\}|[^]/gu;
/** Escapes that mean the same to RE2 and ECMAScript: ASCII, unlike `\s` and `\p`. */
const ESCAPES = /^\\[dDwWbBntrfv^$\\.*+?()[\]{}|/-]$/u;
/** RE2 repeats nothing more often, also not by a count inside of another one. */
const MOST = 1000;

/** A pattern as ECMAScript takes it, if RE2 takes it too and means the same; otherwise it is refused. */
export function patternOf(source: string): RegExp {
  const tokens = source.match(TOKENS) ?? [];
  const reason = tokens.map(refusal).find((found) => found !== undefined) ?? countsTooFar(tokens);
  if (reason !== undefined) throw new Error(`the pattern ${source}: ${reason}`);
  // To RE2 a dot is anything but a line feed.
  const translated = tokens.map((token) => (token === '.' ? '[^\\n]' : token)).join('');
  return new RegExp(translated, 'u');
}

function refusal(token: string): string | undefined {
  if (token === '(?') return 'of the groups with a question mark, Go and JavaScript share (?:…) alone';
  if (token.startsWith('\\')) return escapeRefusal(token);
  if (!/^\[./u.test(token)) return undefined;
  if (/^\[\^?\]/u.test(token)) return `the class ${token} is read in two ways: escape the bracket`;
  if (token.includes('[:')) return 'JavaScript has no classes such as [:alpha:]';
  return (token.match(/\\./gu) ?? [])
    .map((escape) => (/b/i.test(escape) ? `${escape} in a class` : escapeRefusal(escape)))
    .find(Boolean);
}

function escapeRefusal(escape: string): string | undefined {
  return ESCAPES.test(escape) ? undefined : `Go and JavaScript do not both read ${escape} as the same`;
}

/** The highest product of counts that stand one inside of the other. */
function countsTooFar(tokens: readonly string[]): string | undefined {
  const open: number[] = [];
  let here = 1;
  let last = 1;
  let highest = 1;
  for (const token of tokens) {
    if (token === '(' || token === '(?:') {
      open.push(here);
      [here, last] = [1, 1];
    } else if (token === ')') {
      last = here;
      here = Math.max(open.pop() ?? 1, last);
    } else if (token.startsWith('{') && token.length > 1) {
      last *= Math.max(...(token.match(/\d+/g) ?? []).map(Number));
      here = Math.max(here, last);
    } else last = 1;
    highest = Math.max(highest, here);
  }
  return highest > MOST ? `Go repeats nothing more than ${MOST} times` : undefined;
}

/** Whether a string matches a pattern. */
class Matches extends Expression {
  readonly type = 'boolean';
  private readonly regExp: RegExp;
  constructor(
    private readonly text: Expression,
    private readonly pattern: string,
  ) {
    super();
    this.regExp = patternOf(pattern);
  }
  override print(scope: PrintScope): string {
    return `regexMatch ${JSON.stringify(this.pattern)} ${this.text.stringOperand(scope)}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    const text = this.text.evaluate(scope);
    return typeof text === 'string' && this.regExp.test(text);
  }
  override parts(): readonly Expression[] {
    return [this.text];
  }
}

/**
 * Whether a string, or a part of it, matches a pattern: `^` and `$` are its ends. The pattern is of what RE2 and
 * ECMAScript have in common; anything else throws.
 */
export function matches(text: Value<string>, pattern: string): Condition {
  return valueOf(new Matches(expressionOf(text), pattern));
}
