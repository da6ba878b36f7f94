import type { Json } from '../json';
import { Reference, vouchedFor, type References } from '../references';
import {
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
import { operandOf } from './literal';
import { commonType, rangeOfEither } from './logic';
import { assertAsked, isLookup, printIsThere, refuseUnasked, type LookingUp } from './lookup';

/** The first of two, decided by whether the map has the key: 0, false and "" count as given. */
class Override extends Expression {
  readonly type: ValueType;
  constructor(
    private readonly override_: LookingUp,
    private readonly fallback: Expression,
  ) {
    super();
    this.type = commonType(override_.type, fallback.type);
  }
  override print(scope: PrintScope): string {
    return `ternary ${this.override_.operand(scope)} ${this.fallback.operand(scope)} (${printIsThere(this.override_, scope)})`;
  }
  override evaluate(scope: EvaluationScope): Json | undefined {
    return this.override_.evaluate(scope) ?? this.fallback.evaluate(scope);
  }
  override mayBeAbsent(): boolean {
    return this.fallback.mayBeAbsent();
  }
  override needs(): readonly Expression[] {
    return this.fallback.needs();
  }
  override parts(): readonly Expression[] {
    return [this.override_, this.fallback];
  }
  override range(): Range | undefined {
    return rangeOfEither(this.override_, this.fallback);
  }
}

function lookupOf(value: Value<unknown>): LookingUp {
  const expression = expressionOf(value);
  if (!isLookup(expression)) throw new Error('only a value of a map can be absent');
  return expression;
}

/** A value where it is given, another one where it is not. */
export function override<T>(given: Value<T | undefined>, fallback: Value<T>): Value<T> {
  return valueOf(new Override(lookupOf(given), expressionOf(fallback)));
}

/** Whether an optional value is given: 0, false and "" are. */
class Present extends Expression {
  readonly type = 'boolean';
  constructor(private readonly value: LookingUp) {
    super();
  }
  override print(scope: PrintScope): string {
    return printIsThere(this.value, scope);
  }
  override evaluate(scope: EvaluationScope): Json {
    return this.value.evaluate(scope) !== undefined;
  }
  override parts(): readonly Expression[] {
    return [this.value];
  }
  override assures(): readonly string[] {
    return this.value.places();
  }
}

/** Whether an optional value is given. */
export function present(value: Value<unknown>): Condition {
  return valueOf(new Present(lookupOf(value)));
}

/** The value of a row, where a condition asked whether it is there. */
class Given extends Expression {
  readonly type: ValueType;
  constructor(private readonly value: LookingUp) {
    super();
    this.type = value.type;
  }
  override print(scope: PrintScope): string {
    const [place = ''] = this.value.places();
    assertAsked(place, place, scope);
    return this.value.print(scope);
  }
  override evaluate(scope: EvaluationScope): Json {
    return this.value.evaluate(scope) ?? refuseUnasked(this.value.places()[0] ?? '');
  }
  override parts(): readonly Expression[] {
    return [this.value];
  }
}

/**
 * An optional value without the doubt, and with members if it is a map. It has to stand inside of
 * `when(present(x), …)`, or behind it in an `and`: anywhere else it throws.
 */
export function given<T>(value: Value<T>): References<NonNullable<T>> {
  const expression = lookupOf(value);
  // The same value, of which its author says that it is there.
  return (
    expression instanceof Reference
      ? vouchedFor(value, expression.path.length)
      : valueOf(new Given(expression))
  ) as References<NonNullable<T>>;
}

/** A string, or another one where the first is empty. */
class OrElse extends Expression {
  readonly type = 'string';
  constructor(
    private readonly value: Expression,
    private readonly fallback: Expression,
  ) {
    super();
  }
  override print(scope: PrintScope): string {
    return `${this.value.operand(scope)} | default ${this.fallback.operand(scope)}`;
  }
  override evaluate(scope: EvaluationScope): Json | undefined {
    const value = this.value.evaluate(scope);
    return value === undefined || value === '' ? this.fallback.evaluate(scope) : value;
  }
  override mayBeAbsent(): boolean {
    return this.fallback.mayBeAbsent();
  }
  override needs(): readonly Expression[] {
    return this.fallback.needs();
  }
  override parts(): readonly Expression[] {
    return [this.value, this.fallback];
  }
}

/** For strings alone: `default` takes 0 and false for absent. */
export function orElse(
  value: Value<string> | Value<string | undefined>,
  fallback: Value<string> | string,
): Value<string> {
  return valueOf(new OrElse(expressionOf(value), operandOf(fallback)));
}
