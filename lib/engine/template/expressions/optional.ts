import type { Json } from '../json';
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

/** The first of two, decided by whether the map has the key: 0, false and "" count as given. */
class Override extends Expression {
  readonly type: ValueType;
  constructor(
    private readonly override_: Expression & { lookup(): Lookup },
    private readonly fallback: Expression,
  ) {
    super();
    this.type = commonType(override_.type, fallback.type);
  }
  override print(scope: PrintScope): string {
    return `ternary ${this.override_.operand(scope)} ${this.fallback.operand(scope)} (${printHasKey(this.override_.lookup(), scope)})`;
  }
  override evaluate(scope: EvaluationScope): Json | undefined {
    return this.override_.evaluate(scope) ?? this.fallback.evaluate(scope);
  }
  override parts(): readonly Expression[] {
    return [this.override_, this.fallback];
  }
  override range(): Range | undefined {
    return rangeOfEither(this.override_, this.fallback);
  }
}

/** A key of a map, for `hasKey`. */
export interface Lookup {
  readonly map: Expression;
  readonly key: string;
}

function printHasKey({ map, key }: Lookup, scope: PrintScope): string {
  return `hasKey ${map.operand(scope)} ${JSON.stringify(key)}`;
}

function isLookup(expression: Expression): expression is Expression & { lookup(): Lookup } {
  return 'lookup' in expression;
}

function lookupOf(value: Value<unknown>): Expression & { lookup(): Lookup } {
  const expression = expressionOf(value);
  if (!isLookup(expression)) throw new Error('only a value of a map can be absent');
  return expression;
}

/** A value where it is given, another one where it is not. */
export function override<T>(given: Value<T | undefined>, fallback: Value<T>): Value<T> {
  return valueOf(new Override(lookupOf(given), expressionOf(fallback)));
}

/** Whether an optional value is given (`hasKey`: 0, false and "" are). */
class Present extends Expression {
  readonly type = 'boolean';
  constructor(private readonly value: Expression & { lookup(): Lookup }) {
    super();
  }
  override print(scope: PrintScope): string {
    return printHasKey(this.value.lookup(), scope);
  }
  override evaluate(scope: EvaluationScope): Json {
    return this.value.evaluate(scope) !== undefined;
  }
  override parts(): readonly Expression[] {
    return [this.value];
  }
}

/** Whether an optional value is given. */
export function present(value: Value<unknown>): Condition {
  return valueOf(new Present(lookupOf(value)));
}

/** Inside of `when(present(x), …)`: the value without the doubt. */
export function given<T>(value: Value<T | undefined>): Value<T> {
  return valueOf(expressionOf(value));
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
