import { isJsonObject, type Json } from '../json';
import { entryOf, vouchedFor, type Reference, type References } from '../references';
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
import { Local, printWithoutLocals } from './local';
import { printMember, type Lookup } from './lookup';

/** A row of a table of values, by a key that is a value too. A row that is not there has no members. */
class Row extends Expression {
  readonly type = 'map';
  constructor(
    readonly table: Expression,
    readonly key: Expression,
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

/** A member of a row: as absent as the row, or as its schema says. */
export class RowMember extends Expression {
  readonly type: ValueType;
  constructor(
    private readonly found: Row,
    /** The name that the row has in a template. */
    private readonly row: Local,
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
  /** The place of the row, where nothing else may be missing. */
  placeOfRow(): string | undefined {
    return this.shape.mayBeAbsent() ? undefined : placeOfRow(this.found);
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
  const found = new Row(expressionOf(table), expressionOf(key));
  const row = new Local(name, found);
  const entry = entryOf(table);
  // What a row has, given that it is there.
  const shape = vouchedFor(entry, (expressionOf(entry) as Reference).path.length) as unknown as Readonly<
    Record<string, Value<unknown>>
  >;
  return valueOf(row, (member) => {
    const ofRow = new RowMember(found, row, member, expressionOf(shape[member] as Value<unknown>));
    return valueOf(ofRow, (further) => {
      throw new Error(
        `$${name}.${member}.${further}: a row that is not there has no ${member} to look into; put ${further} into the row itself`,
      );
    });
  }) as References<R>;
}

/** Unlike a print, the same whatever the locals in it are called. */
function placeOfRow({ table, key }: Pick<Row, 'table' | 'key'>): string {
  return `row ${printWithoutLocals(key)} of ${printWithoutLocals(table)}`;
}

function isMember(key: Expression): boolean {
  return key instanceof RowMember || (key instanceof Local && isMember(key.expression));
}

/** Whether a table has a row for a key. */
export class HasRow extends Expression {
  readonly type = 'boolean';
  constructor(
    readonly table: Expression,
    readonly key: Expression,
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
  override assures(): readonly string[] {
    return [placeOfRow(this)];
  }
  override parts(): readonly Expression[] {
    return [this.table, this.key];
  }
}

export function hasRow(table: Value<Readonly<Record<string, unknown>>>, key: Value<string>): Condition {
  return valueOf(new HasRow(expressionOf(table), expressionOf(key)));
}
