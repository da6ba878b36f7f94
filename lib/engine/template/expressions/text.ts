import type { Json } from '../json';
import {
  comparable,
  Expression,
  expressionOf,
  valueOf,
  type Condition,
  type EvaluationScope,
  type PrintScope,
  type Value,
} from '../value';
import { Literal, operandOf } from './literal';

/** Strings and integers joined to one string: `printf` with one verb a part. */
export class Text extends Expression {
  readonly type = 'string';
  /** One more than values: what stands before, between and after them. */
  private readonly strings: readonly string[];
  private readonly values: readonly Expression[];

  constructor(parts: readonly (string | Expression)[]) {
    super();
    const strings = [''];
    const values: Expression[] = [];
    for (const part of parts.flatMap(flattened)) {
      if (typeof part === 'string') strings.push(`${strings.pop() ?? ''}${part}`);
      else {
        assertText(part);
        values.push(part);
        strings.push('');
      }
    }
    this.strings = strings;
    this.values = values;
  }

  /** The constant and symbolic parts in turn. */
  sequence(): (string | Expression)[] {
    return this.strings.flatMap((string, i) => [
      ...(i === 0 ? [] : [this.values[i - 1] as Expression]),
      string,
    ]);
  }

  override print(scope: PrintScope): string {
    if (this.values.length === 0) return JSON.stringify(this.strings.join(''));
    const verbs = ['', ...this.values.map(({ type }) => (type === 'integer' ? '%d' : '%s'))];
    const format = this.strings
      .map((string, i) => `${verbs[i] ?? ''}${string.replaceAll('%', '%%')}`)
      .join('');
    return `printf ${JSON.stringify(format)} ${this.values.map((value) => integerSafe(value, scope)).join(' ')}`;
  }

  override evaluate(scope: EvaluationScope): Json {
    return this.sequence()
      .map((part) => (typeof part === 'string' ? part : partOf(part, scope)))
      .join('');
  }

  override needs(): readonly Expression[] {
    return this.values.flatMap((value) => value.needs());
  }

  override parts(): readonly Expression[] {
    return this.values;
  }
}

/** A part that is not there would be `%!s(<nil>)` to Go. */
function partOf(part: Expression, scope: EvaluationScope): string {
  const value = part.evaluate(scope);
  if (value === undefined && part.mayBeAbsent())
    throw new Error(
      `${comparable(valueOf(part))} is not there, and stands in a text: say with orElse or override what takes its place, or refuse such values by a rule`,
    );
  return scalarText(value);
}

/** What Go and JavaScript write in the same way: strings and whole numbers. */
function assertText(part: Expression): void {
  if (['string', 'word', 'integer'].includes(part.type)) return;
  const advice =
    part.type === 'number'
      ? 'make it an integer in the schema, or a field of its own'
      : 'jsonOf(…) writes it as JSON';
  throw new Error(
    `${comparable(valueOf(part))} is ${TYPES[part.type] ?? 'of any type'}, which no text can hold: ${advice}`,
  );
}

const TYPES: Readonly<Record<string, string>> = {
  number: 'a number that may have a fraction',
  boolean: 'yes or no',
  map: 'a map',
  list: 'a list',
};

function flattened(part: string | Expression): (string | Expression)[] {
  if (part instanceof Literal) return [String(part.value)];
  return part instanceof Text ? part.sequence() : [part];
}

function scalarText(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Integers are float64 when they come from a file and int64 from `--set`: `int` makes both an int. */
function integerSafe(expression: Expression, scope: PrintScope): string {
  if (expression instanceof Literal) return expression.print();
  return expression.type === 'integer' ? `(int ${expression.operand(scope)})` : expression.operand(scope);
}

/** text`${image.repository}:${image.tag}`: the symbolic form of a template string. */
export function text(
  strings: TemplateStringsArray,
  ...values: readonly (Value<string> | Value<number> | string)[]
): Value<string> {
  return valueOf(
    new Text(strings.flatMap((string, i) => (i === 0 ? [string] : [operandOf(values[i - 1] ?? ''), string]))),
  );
}

/** Constant and symbolic strings, one after the other. */
export function joined(...parts: readonly (Value<string> | string)[]): Value<string> {
  return valueOf(new Text(parts.map(operandOf)));
}

/** Whether a string contains another one. */
class Contains extends Expression {
  readonly type = 'boolean';
  constructor(
    private readonly whole: Expression,
    private readonly part: string,
  ) {
    super();
  }
  override print(scope: PrintScope): string {
    return `contains ${JSON.stringify(this.part)} ${this.whole.stringOperand(scope)}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    const whole = this.whole.evaluate(scope);
    return typeof whole === 'string' && whole.includes(this.part);
  }
  override parts(): readonly Expression[] {
    return [this.whole];
  }
}

/** Whether a string contains another one. */
export function contains(whole: Value<string>, part: string): Condition {
  return valueOf(new Contains(expressionOf(whole), part));
}
