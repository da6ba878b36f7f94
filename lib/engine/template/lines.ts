import { Text } from './expressions/text';
import { When } from './structure';
import { expressionOf, isValue, type EvaluationScope, type PrintScope, type Value } from './value';

/** Plain text for people: constant and symbolic lines, some of them under a condition. */
export type Line = string | Value<string> | When<readonly Line[]>;

/** The lines as a template. A block begins with its own blank line, since `{{-` swallows the ones before it. */
export function printLines(lines: readonly Line[], scope: PrintScope): string[] {
  return lines.flatMap((line, i) => {
    if (!(line instanceof When)) return [isValue(line) ? printLine(line, scope) : line];
    if (i === 0 || lines[i - 1] === '')
      throw new Error('a conditional block of lines must follow a line that is not blank');
    return [
      `{{- if ${expressionOf(line.condition).print(scope)} }}`,
      ...printLines(line.body, scope),
      '{{- end }}',
    ];
  });
}

function printLine(line: Value<string>, scope: PrintScope): string {
  const expression = expressionOf(line);
  const parts = expression instanceof Text ? expression.sequence() : [expression];
  return parts
    .map((part) =>
      typeof part === 'string'
        ? part
        : `{{ ${part.print(scope)}${part.type === 'integer' ? ' | int' : ''} }}`,
    )
    .join('');
}

/** The lines of one release. */
export function evaluateLines(lines: readonly Line[], scope: EvaluationScope): string[] {
  return lines.flatMap((line) => {
    if (!(line instanceof When)) return [isValue(line) ? evaluateLine(line, scope) : line];
    return expressionOf(line.condition).evaluate(scope) === true ? evaluateLines(line.body, scope) : [];
  });
}

function evaluateLine(line: Value<string>, scope: EvaluationScope): string {
  const text = expressionOf(line).evaluate(scope);
  return typeof text === 'string' ? text : '';
}
