import type { Json } from '../json';
import { Expression, valueOf, type EvaluationScope, type PrintScope, type Value } from '../value';
import { Literal, operandOf } from './literal';

/** Strings and integers joined to one string: `printf` with one verb a part. */
class Text extends Expression {
  readonly type = 'string';
  constructor(
    private readonly strings: readonly string[],
    private readonly values: readonly Expression[],
  ) {
    super();
  }
  override print(scope: PrintScope): string {
    const format = this.strings.reduce((printed, string, i) => {
      const verb = this.values[i - 1]?.type === 'integer' ? '%d' : '%s';
      return `${printed}${verb}${string.replaceAll('%', '%%')}`;
    });
    return `printf ${JSON.stringify(format)} ${this.values.map((value) => integerSafe(value, scope)).join(' ')}`;
  }
  override evaluate(scope: EvaluationScope): Json {
    return this.strings.reduce((joined, string, i) => {
      const value = this.values[i - 1]?.evaluate(scope);
      return `${joined}${scalarText(value)}${string}`;
    });
  }
  override parts(): readonly Expression[] {
    return this.values;
  }
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
export function text(strings: TemplateStringsArray, ...values: readonly (Value<string> | Value<number> | string)[]): Value<string> {
  return valueOf(new Text(strings.raw, values.map(operandOf)));
}

/** Constant and symbolic strings, one after the other. */
export function joined(...parts: readonly (Value<string> | string)[]): Value<string> {
  const strings = [''];
  const values: Value<string>[] = [];
  for (const part of parts) {
    if (typeof part === 'string') strings[strings.length - 1] += part;
    else {
      values.push(part);
      strings.push('');
    }
  }
  return valueOf(new Text(strings, values.map(operandOf)));
}
