import { isItemText } from '../helper';
import { isJsonObject, type Json } from '../json';
import {
  Expression,
  expressionOf,
  valueOf,
  type EvaluationScope,
  type PrintScope,
  type Range,
  type Value,
} from '../value';

/** No text in JavaScript is longer, and no list or map of values has as many entries. */
const MOST = 2 ** 29;

/** From 0 to what a length, or an index, can be at most. */
export const COUNT: Range = { least: 0, greatest: MOST };

/** How many characters a string has, how many items a list, how many keys a map. */
class Length extends Expression {
  readonly type = 'integer';
  constructor(private readonly whole: Expression) {
    super();
  }
  override print(scope: PrintScope): string {
    const operand = this.whole.operand(scope);
    // Of a string, `len` counts the bytes.
    return this.whole.type === 'list' || this.whole.type === 'map'
      ? `len ${operand}`
      : `len (splitList "" ${this.whole.stringOperand(scope)})`;
  }
  override evaluate(scope: EvaluationScope): Json {
    const whole = this.whole.evaluate(scope);
    if (typeof whole === 'string') return Array.from(whole).length;
    return Array.isArray(whole) ? whole.length : isJsonObject(whole) ? Object.keys(whole).length : 0;
  }
  override parts(): readonly Expression[] {
    return [this.whole];
  }
  override range(): Range {
    return COUNT;
  }
}

/** How many characters (not bytes) a string has, how many items a list, or how many keys a map. */
export function lengthOf(
  whole: Value<string> | Value<readonly unknown[]> | Value<Readonly<Record<string, unknown>>>,
): Value<number> {
  const expression = expressionOf(whole);
  if (isItemText(expression))
    throw new Error(
      `the length of what the helper ${expression.helper.name} yields: it is text, and no list`,
    );
  if (expression.type === 'any')
    throw new Error('the length of a value of any type: its schema must say string, list or map');
  return valueOf(new Length(expression));
}
