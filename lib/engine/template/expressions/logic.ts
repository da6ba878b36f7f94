import { isJsonObject, type Json } from '../json';
import {
  asking,
  Expression,
  expressionOf,
  valueOf,
  type Condition,
  type EvaluationScope,
  type PrintScope,
  type Range,
  type Value,
  type ValueType,
} from '../value';
import { isItemText } from '../helper';
import { Literal, operandOf, type Operand } from './literal';
import { isLookup } from './lookup';

export class Connective extends Expression {
  readonly type = 'boolean';
  constructor(
    readonly word: 'and' | 'or',
    readonly conditions: readonly Expression[],
  ) {
    super();
  }
  override print(scope: PrintScope): string {
    let inner = scope;
    const printed = this.conditions.map((condition) => {
      const operand = condition.operand(inner);
      // `and` stops at the first that does not hold: each may rely on those before it.
      if (this.word === 'and') inner = asking(inner, condition);
      return operand;
    });
    return `${this.word} ${printed.join(' ')}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    const holds = (condition: Expression): boolean => condition.evaluate(scope) === true;
    return this.word === 'and' ? this.conditions.every(holds) : this.conditions.some(holds);
  }
  override parts(): readonly Expression[] {
    return this.conditions;
  }
  override assures(): readonly string[] {
    return this.word === 'and' ? this.conditions.flatMap((condition) => condition.assures()) : [];
  }
}

function connect(word: 'and' | 'or'): (...conditions: readonly Condition[]) => Condition {
  return (...conditions) => {
    const [only, ...others] = conditions;
    if (only === undefined) throw new Error(`${word} of nothing`);
    return others.length === 0
      ? only
      : valueOf(
          new Connective(
            word,
            conditions
              .map(expressionOf)
              .flatMap((condition) =>
                condition instanceof Connective && condition.word === word
                  ? condition.conditions
                  : [condition],
              ),
          ),
        );
  };
}

export const and = connect('and');
export const or = connect('or');

export class Not extends Expression {
  readonly type = 'boolean';
  constructor(readonly condition: Expression) {
    super();
  }
  override print(scope: PrintScope): string {
    return `not ${this.condition.operand(scope)}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    return this.condition.evaluate(scope) !== true;
  }
  override parts(): readonly Expression[] {
    return [this.condition];
  }
}

/** The opposite; of a comparison, the opposite comparison. */
export function not(condition: Condition): Condition {
  const expression = expressionOf(condition);
  return valueOf(expression instanceof Comparison ? expression.opposite() : new Not(expression));
}

/** Whether a string, a list or a map holds anything: what a template's `if` asks of it. */
export class NonEmpty extends Expression {
  readonly type = 'boolean';
  constructor(readonly value: Expression) {
    super();
  }
  override print(scope: PrintScope): string {
    return this.value.print(scope);
  }
  override evaluate(scope: EvaluationScope): Json {
    const value = this.value.evaluate(scope);
    if (typeof value === 'string' || Array.isArray(value)) return value.length > 0;
    return isJsonObject(value) && Object.keys(value).length > 0;
  }
  override parts(): readonly Expression[] {
    return [this.value];
  }
  override assures(): readonly string[] {
    return isLookup(this.value) ? this.value.places() : [];
  }
}

export function nonEmpty(value: Value<string | readonly unknown[] | object | undefined>): Condition {
  return valueOf(new NonEmpty(expressionOf(value)));
}

/** One of two values, by a condition. */
class Choice extends Expression {
  readonly type: ValueType;
  constructor(
    private readonly condition: Expression,
    private readonly yes: Expression,
    private readonly no: Expression,
  ) {
    super();
    this.type = commonType(yes.type, no.type);
  }
  override print(scope: PrintScope): string {
    return `ternary ${this.yes.operand(scope)} ${this.no.operand(scope)} ${asBoolean(this.condition).operand(scope)}`;
  }
  override evaluate(scope: EvaluationScope): Json | undefined {
    return (this.condition.evaluate(scope) === true ? this.yes : this.no).evaluate(scope);
  }
  override mayBeAbsent(): boolean {
    return this.yes.mayBeAbsent() || this.no.mayBeAbsent();
  }
  override needs(): readonly Expression[] {
    return [...this.yes.needs(), ...this.no.needs()];
  }
  override parts(): readonly Expression[] {
    return [this.condition, this.yes, this.no];
  }
  override range(): Range | undefined {
    return rangeOfEither(this.yes, this.no);
  }
}

/** What one of two integers can be. */
export function rangeOfEither(one: Expression, other: Expression): Range | undefined {
  const [left, right] = [one.range(), other.range()];
  return left && right
    ? { least: Math.min(left.least, right.least), greatest: Math.max(left.greatest, right.greatest) }
    : undefined;
}

/** A word is a string, and an integer a number, but not the other way round. */
export function commonType(one: ValueType, other: ValueType): ValueType {
  if (one === other) return one;
  return one === 'integer' || one === 'number' ? 'number' : 'string';
}

/** `empty` says of a value what `if` makes of it. */
class Filled extends NonEmpty {
  override print(scope: PrintScope): string {
    return `not (empty ${this.value.operand(scope)})`;
  }
}

/** A condition as a real boolean, which the truth of a list or a string is not: `ternary` and fields want one. */
export function asBoolean(condition: Expression): Expression {
  if (condition instanceof NonEmpty) return new Filled(condition.value);
  return condition instanceof Connective
    ? new Connective(condition.word, condition.conditions.map(asBoolean))
    : condition;
}

/** `condition ? yes : no`: of scalars, and of whole lists and maps of values. */
export function choose<T extends string | number | boolean>(
  condition: Condition,
  yes: Value<T> | T,
  no: Value<T> | T,
): Value<T>;
export function choose<T extends readonly unknown[] | Readonly<Record<string, unknown>>>(
  condition: Condition,
  yes: Value<T>,
  no: Value<T>,
): Value<T>;
export function choose(condition: Condition, yes: Operand, no: Operand): Value<unknown> {
  for (const side of [yes, no].map(operandOf))
    if (isItemText(side))
      throw new Error(
        `choose takes no helper of list items, which yields text: ${side.helper.name}; use when on each`,
      );
  return valueOf(new Choice(expressionOf(condition), operandOf(yes), operandOf(no)));
}

type Comparator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
const COMPARE: Readonly<Record<Comparator, (a: never, b: never) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

const OPPOSITE: Readonly<Record<Comparator, Comparator>> = {
  eq: 'ne',
  ne: 'eq',
  lt: 'ge',
  ge: 'lt',
  gt: 'le',
  le: 'gt',
};

export class Comparison extends Expression {
  readonly type = 'boolean';
  constructor(
    readonly comparator: Comparator,
    readonly left: Expression,
    readonly right: Expression,
  ) {
    super();
  }
  override print(scope: PrintScope): string {
    const numeric = [this.left, this.right].some((side) => side.type === 'number') ? 'float64' : 'int';
    const side = (expression: Expression): string => {
      const printed = expression.operand(scope);
      // A constant has the type already, but for an integer beside a fraction.
      const typed = expression instanceof Literal && (numeric === 'int' || expression.type === 'number');
      if (typed || !['integer', 'number'].includes(expression.type)) return printed;
      return `(${numeric} ${printed})`;
    };
    return `${this.comparator} ${side(this.left)} ${side(this.right)}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    const side = (expression: Expression): Json | undefined =>
      // What `int` and `float64` make of nothing.
      expression.evaluate(scope) ?? (['integer', 'number'].includes(expression.type) ? 0 : undefined);
    // The types of both sides were checked by `compare`.
    return COMPARE[this.comparator](side(this.left) as never, side(this.right) as never);
  }
  opposite(): Comparison {
    return new Comparison(OPPOSITE[this.comparator], this.left, this.right);
  }
  override parts(): readonly Expression[] {
    return [this.left, this.right];
  }
}

function compare(
  comparator: Comparator,
): <T extends string | number>(left: Value<T>, right: Value<T> | NoInfer<T>) => Condition {
  return (left, right) => valueOf(new Comparison(comparator, expressionOf(left), operandOf(right)));
}

export const equals = compare('eq');
export const differs = compare('ne');
export const lessThan = compare('lt');
export const atMost = compare('le');
export const greaterThan = compare('gt');
export const atLeast = compare('ge');
