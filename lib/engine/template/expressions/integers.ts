import type { Json } from '../json';
import {
  comparable,
  Expression,
  expressionOf,
  valueOf,
  type EvaluationScope,
  type PrintScope,
  type Range,
  type Value,
} from '../value';
import { operandOf } from './literal';

/** A function of two integers: its name in Go, and what it is in TypeScript. */
interface Operation {
  readonly go: string;
  readonly of: (one: number, other: number) => number;
}

/**
 * Arithmetic of two integers. Go counts in 64 bits and JavaScript without loss to 2^53, so that an operation is refused
 * whose result can lie beyond.
 */
class Arithmetic extends Expression {
  readonly type = 'integer';
  private readonly bounds: Range;
  constructor(
    private readonly operation: Operation,
    private readonly one: Expression,
    private readonly other: Expression,
  ) {
    super();
    this.bounds = resultOf(operation, rangeOf(one, operation), rangeOf(other, operation));
    if (!Number.isSafeInteger(this.bounds.least) || !Number.isSafeInteger(this.bounds.greatest))
      throw new Error(
        `${operation.go} of ${nameOf(one)} and ${nameOf(other)} may lie beyond 2^53, where Go and JavaScript count ` +
          'differently: give the schema of both a smaller range',
      );
  }
  override print(scope: PrintScope): string {
    return `${this.operation.go} ${this.one.operand(scope)} ${this.other.operand(scope)}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    // A product may be -0, which Go's integers do not have.
    return this.operation.of(integer(this.one, scope), integer(this.other, scope)) + 0;
  }
  override parts(): readonly Expression[] {
    return [this.one, this.other];
  }
  override range(): Range {
    return this.bounds;
  }
}

/** Where the result lies: all of these grow or fall steadily, so that it is between those of the ends. */
function resultOf({ of }: Operation, one: Range, other: Range): Range {
  const ends = [one.least, one.greatest].flatMap((a) =>
    [other.least, other.greatest].map((b) => of(a, b) + 0),
  );
  return { least: Math.min(...ends), greatest: Math.max(...ends) };
}

function rangeOf(operand: Expression, { go }: Operation): Range {
  const range = operand.range();
  if (range !== undefined) return range;
  throw new Error(
    `${go} of ${nameOf(operand)}: it takes integers whose schema has a minimum and a maximum, ` +
      'so that the result is known to stay within 2^53',
  );
}

function nameOf(operand: Expression): string {
  return comparable(valueOf(operand));
}

/** As sprig reads an operand: what is not there is 0. */
function integer(operand: Expression, scope: EvaluationScope): number {
  const value = operand.evaluate(scope);
  return typeof value === 'number' ? value : 0;
}

function arithmetic(
  go: string,
  of: Operation['of'],
): (one: Value<number>, other: Value<number> | number) => Value<number> {
  return (one, other) => valueOf(new Arithmetic({ go, of }, expressionOf(one), operandOf(other)));
}

/** The sum of two integers; `sum` adds fractions too, for rules. */
export const plus = arithmetic('add', (one, other) => one + other);
/** The difference of two integers. */
export const minus = arithmetic('sub', (one, other) => one - other);
/** The product of two integers. */
export const times = arithmetic('mul', (one, other) => one * other);
/** The smaller one of two integers. */
export const least = arithmetic('min', Math.min);
/** The larger one of two integers. */
export const greatest = arithmetic('max', Math.max);
