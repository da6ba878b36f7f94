import { isJsonObject, toRawJson, type Json } from '../json';
import {
  Expression,
  expressionOf,
  valueOf,
  type Condition,
  type EvaluationScope,
  type PrintScope,
  type Value,
  type ValueType,
} from '../value';
import { patternOf } from './pattern';

/** A list of strings as one string. */
class Join extends Expression {
  readonly type = 'string';
  constructor(
    private readonly list: Expression,
    private readonly separator: string,
  ) {
    super();
  }
  override print(scope: PrintScope): string {
    return `join ${JSON.stringify(this.separator)} ${this.list.operand(scope)}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    const list = this.list.evaluate(scope);
    return Array.isArray(list) ? list.map(String).join(this.separator) : '';
  }
  override parts(): readonly Expression[] {
    return [this.list];
  }
}

/** A list of strings as one string. */
export function join(list: Value<readonly string[]>, separator: string): Value<string> {
  return valueOf(new Join(expressionOf(list), separator));
}

/** A value as JSON, inside of a text. */
export class JsonText extends Expression {
  readonly type: ValueType = 'string';
  constructor(private readonly value: Expression) {
    super();
  }
  override print(scope: PrintScope): string {
    return `${this.value.operand(scope)} | toRawJson`;
  }
  override evaluate(scope: EvaluationScope): Json {
    return toRawJson(this.value.evaluate(scope) ?? null);
  }
  override parts(): readonly Expression[] {
    return [this.value];
  }
}

/** A value as JSON, for annotations that hold some. */
export function jsonOf(value: Value<unknown>): Value<string> {
  return valueOf(new JsonText(expressionOf(value)));
}

/**
 * Whether one of the strings matches: the items of a list, or the keys of a map. The pattern is one
 * that `matches` takes; `^` and `$` stand for the ends of one string.
 */
class SomeMatch extends Expression {
  readonly type = 'boolean';
  private readonly regExp: RegExp;
  constructor(
    private readonly strings: Expression,
    private readonly pattern: string,
  ) {
    super();
    this.regExp = patternOf(pattern);
  }
  override print(scope: PrintScope): string {
    const operand = this.strings.operand(scope);
    const lines =
      this.strings.type === 'map'
        ? `(keys (${operand} | default dict) | join "\\n")`
        : `(join "\\n" ${operand})`;
    return `regexMatch ${JSON.stringify(`(?m)${this.pattern}`)} ${lines}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    const strings = this.strings.evaluate(scope);
    const all = Array.isArray(strings)
      ? strings.map(String)
      : isJsonObject(strings)
        ? Object.keys(strings)
        : [];
    // As RE2's (?m) does: a line feed ends a line, and nothing else.
    return all
      .join('\n')
      .split('\n')
      .some((line) => this.regExp.test(line));
  }
  override parts(): readonly Expression[] {
    return [this.strings];
  }
}

/** Whether an item of a list matches a pattern. */
export function someItemMatches(list: Value<readonly string[] | undefined>, pattern: string): Condition {
  return valueOf(new SomeMatch(expressionOf(list), pattern));
}

/** Whether a key of a map matches a pattern. */
export function someKeyMatches(map: Value<object | undefined>, pattern: string): Condition {
  return valueOf(new SomeMatch(expressionOf(map), pattern));
}
