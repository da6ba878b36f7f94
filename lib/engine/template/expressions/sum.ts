import type { Json } from '../json';
import {
  Expression,
  expressionOf,
  valueOf,
  type EvaluationScope,
  type PrintScope,
  type Value,
} from '../value';

/**
 * A sum of numbers, for rules. Sprig's `addf` adds the shortest decimal forms of its operands without rounding and
 * rounds once, at the end; floating-point addition would round at each step.
 */
class Sum extends Expression {
  readonly type = 'number';
  constructor(private readonly summands: readonly Expression[]) {
    super();
  }
  override print(scope: PrintScope): string {
    return `addf ${this.summands.map((summand) => summand.operand(scope)).join(' ')}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    return decimalSum(this.summands.map((summand) => Number(summand.evaluate(scope))));
  }
  override parts(): readonly Expression[] {
    return this.summands;
  }
}

function decimalSum(summands: readonly number[]): number {
  const decimals = summands.map(decimalOf);
  const places = Math.max(0, ...decimals.map((decimal) => decimal.places));
  const total = decimals.reduce(
    (sum, decimal) => sum + decimal.digits * 10n ** BigInt(places - decimal.places),
    0n,
  );
  return Number(`${total}e-${places}`);
}

/** The shortest decimal form: a whole number, and how many of its digits stand behind the point. */
function decimalOf(value: number): { readonly digits: bigint; readonly places: number } {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(`${whole}${fraction}`), places: fraction.length - Number(exponent) };
}

/** A sum of values. */
export function sum(...summands: readonly Value<number>[]): Value<number> {
  return valueOf(new Sum(summands.map(expressionOf)));
}
