import { isJsonObject, type Json } from '../json';
import { entryOf, type References } from '../references';
import {
  comparable,
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
import { Local } from './local';
import { printMember, type Lookup } from './lookup';

/** A row of a table of values, by a key that is a value too. A row that is not there has no members. */
class Row extends Expression {
  readonly type = 'map';
  constructor(
    private readonly table: Expression,
    private readonly key: Expression,
  ) {
    super();
  }
  override print(scope: PrintScope): string {
    // A key that is a member of another row is absent where that row is.
    const key = isMember(this.key) ? `(${this.key.operand(scope)} | default "")` : this.key.operand(scope);
    return `index ${this.table.operand(scope)} ${key} | default dict`;
  }
  override evaluate(scope: EvaluationScope): Json | undefined {
    const table = this.table.evaluate(scope);
    const key = this.key.evaluate(scope);
    return (isJsonObject(table) && typeof key === 'string' ? table[key] : undefined) ?? {};
  }
  override parts(): readonly Expression[] {
    return [this.table, this.key];
  }
}

class RowMember extends Expression {
  readonly type: ValueType;
  constructor(
    private readonly row: Expression,
    private readonly key: string,
    /** The same member of the shape that all rows have. */
    private readonly shape: Expression,
  ) {
    super();
    this.type = shape.type;
  }
  override mayBeAbsent(): boolean {
    return true;
  }
  lookup(): Lookup {
    return { map: this.row, key: this.key };
  }
  places(): readonly string[] {
    return [`${comparable(valueOf(this.row))}.${this.key}`];
  }
  override print(scope: PrintScope): string {
    return printMember(this.row.operand(scope), this.key);
  }
  override evaluate(scope: EvaluationScope): Json | undefined {
    const row = this.row.evaluate(scope);
    return isJsonObject(row) ? row[this.key] : undefined;
  }
  override parts(): readonly Expression[] {
    return [this.row];
  }
  override range(): Range | undefined {
    // Without the row it is nothing, which arithmetic takes for 0.
    const range = this.shape.range();
    return range && { least: Math.min(0, range.least), greatest: Math.max(0, range.greatest) };
  }
}

/**
 * The row of a table of values (a map whose entries have one shape) under a key that is a value too. Templates
 * call it by the name. Where the table has no such row its members are absent: say so with a rule on `hasRow`.
 */
export function lookupIn<R>(
  table: References<Readonly<Record<string, R>>>,
  key: Value<string>,
  name: string,
): References<R> {
  const row = new Local(name, new Row(expressionOf(table), expressionOf(key)));
  const shape = entryOf(table) as unknown as Readonly<Record<string, Value<unknown>>>;
  return valueOf(row, (member) => {
    const found = new RowMember(row, member, expressionOf(shape[member] as Value<unknown>));
    return valueOf(found, (further) => {
      throw new Error(
        `$${name}.${member}.${further}: a row that is not there has no ${member} to look into; put ${further} into the row itself`,
      );
    });
  }) as References<R>;
}

function isMember(key: Expression): boolean {
  return key instanceof RowMember || (key instanceof Local && isMember(key.expression));
}

/** Whether a table has a row for a key. */
class HasRow extends Expression {
  readonly type = 'boolean';
  constructor(
    private readonly table: Expression,
    private readonly key: Expression,
  ) {
    super();
  }
  override print(scope: PrintScope): string {
    return `hasKey ${this.table.operand(scope)} ${isMember(this.key) ? `(${this.key.operand(scope)} | default "")` : this.key.operand(scope)}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    const table = this.table.evaluate(scope);
    const key = this.key.evaluate(scope);
    return isJsonObject(table) && typeof key === 'string' && Object.hasOwn(table, key);
  }
  override parts(): readonly Expression[] {
    return [this.table, this.key];
  }
}

export function hasRow(table: Value<Readonly<Record<string, unknown>>>, key: Value<string>): Condition {
  return valueOf(new HasRow(expressionOf(table), expressionOf(key)));
}
