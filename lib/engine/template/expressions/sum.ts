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

/** Decimal places that are enough for every number of at least 0.001: 17 digits after two zeros. */
const PLACES = 20;

function decimalSum(summands: readonly number[]): number {
  const total = summands.reduce((sum, summand) => sum + scaled(summand), 0n);
  const sign = total < 0n ? '-' : '';
  const digits = String(total < 0n ? -total : total).padStart(PLACES + 1, '0');
  return Number(`${sign}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`);
}

/** The shortest decimal form, as a whole number of 10^-20. */
function scaled(value: number): bigint {
  const [whole = '0', fraction = ''] = String(value).split('.');
  return BigInt(`${whole}${fraction.padEnd(PLACES, '0')}`);
}

/** A sum of values that print without an exponent. */
export function sum(...summands: readonly Value<number>[]): Value<number> {
  return valueOf(new Sum(summands.map(expressionOf)));
}
