import type { Json } from '../json';
import { Expression, expressionOf, isValue, valueOf, type Range, type Value, type ValueType } from '../value';

/** A constant among expressions. */
export class Literal extends Expression {
  readonly type: ValueType;
  constructor(readonly value: string | number | boolean) {
    super();
    this.type =
      typeof value === 'string'
        ? 'string'
        : typeof value === 'boolean'
          ? 'boolean'
          : Number.isInteger(value)
            ? 'integer'
            : 'number';
  }
  override print(): string {
    return JSON.stringify(this.value);
  }
  override evaluate(): Json {
    return this.value;
  }
  override parts(): readonly Expression[] {
    return [];
  }
  override range(): Range | undefined {
    return typeof this.value === 'number' && this.type === 'integer'
      ? { least: this.value, greatest: this.value }
      : undefined;
  }
}

/** A constant where only a symbolic value will do. */
export function literal<T extends string | number | boolean>(value: T): Value<T> {
  return valueOf(new Literal(value));
}

/** What most expressions take: a symbolic value or a constant. */
export type Operand = Value<unknown> | string | number | boolean;

/** A symbolic value or a constant, as an expression. */
export function operandOf(value: Operand): Expression {
  return isValue(value) ? expressionOf(value) : new Literal(value);
}
