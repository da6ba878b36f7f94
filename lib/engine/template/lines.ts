import { printLocals } from './expressions/local';
import { Text } from './expressions/text';
import { iterations } from './iterations';
import { printRange } from './loop-scope';
import { escapeDelimiters } from './print';
import { Each, When } from './structure';
import {
  asking,
  expressionOf,
  isValue,
  type Condition,
  type EvaluationScope,
  type PrintScope,
  type Value,
} from './value';

/** Plain text for people: constant and symbolic lines, some of them under a condition or made by a loop. */
export type Line = string | Value<string> | When<readonly Line[]> | Each<readonly Line[]> | Either;

/** Some lines if a condition holds, and other ones if it does not. */
export class Either {
  constructor(
    readonly condition: Condition,
    readonly lines: readonly Line[],
    readonly otherwise: readonly Line[],
  ) {}
}

/** The first lines if the condition holds, otherwise the second ones: `if` and `else`. */
export function either(condition: Condition, lines: readonly Line[], otherwise: readonly Line[]): Either {
  return new Either(condition, lines, otherwise);
}

/** The lines as a template. A block begins with its own blank line, since `{{-` swallows the ones before it. */
export function printLines(lines: readonly Line[], scope: PrintScope): string[] {
  const printed = lines.flatMap((line) => printLine(line, scope));
  printed.forEach((line, i) => {
    if (isBlockEdge(line) && !/\S$/.test(printed[i - 1] ?? ''))
      throw new Error(
        'a conditional block of lines, or a loop, must follow a line that is not blank and does not end in a space, ' +
          `and its last line must be such a one: ${line}`,
      );
  });
  return printed;
}

/** The template of a whole text. What it defines stands before its first line, where it leaves no line of its own. */
export function printWholeText(lines: readonly Line[], scope: PrintScope): string {
  const printed = printLines(lines, scope);
  return `${printLocals(scope.locals, scope).join('')}${printed.join('\n')}\n`;
}

/** Constant lines cannot begin so: their delimiters are escaped. */
function isBlockEdge(line: string): boolean {
  return line.startsWith('{{- ');
}

function printLine(line: Line, scope: PrintScope): string[] {
  if (line instanceof When)
    return [
      printIf(line.condition, scope),
      ...printBody(line.body, inside(line.condition, scope)),
      '{{- end }}',
    ];
  if (line instanceof Either)
    return [
      printIf(line.condition, scope),
      ...printBody(line.lines, inside(line.condition, scope)),
      '{{- else }}',
      ...printBody(line.otherwise, scope),
      '{{- end }}',
    ];
  if (line instanceof Each) return printRange(line, scope, (round) => printBody(line.body, round));
  return [isValue(line) ? printText(line, scope) : escapeDelimiters(line)];
}

function inside(condition: Condition, scope: PrintScope): PrintScope {
  return asking(scope, expressionOf(condition));
}

function printIf(condition: Condition, scope: PrintScope): string {
  return `{{- if ${expressionOf(condition).print(scope)} }}`;
}

function printBody(lines: readonly Line[], scope: PrintScope): string[] {
  return lines.flatMap((line) => printLine(line, scope));
}

function printText(line: Value<string>, scope: PrintScope): string {
  const expression = expressionOf(line);
  const parts = expression instanceof Text ? expression.sequence() : [expression];
  return parts
    .map((part) =>
      typeof part === 'string'
        ? // A brace before an action would be read as one of its own.
          escapeDelimiters(part).replace(/\{$/, '{{ "{" }}')
        : `{{ ${part.print(scope)}${part.type === 'integer' ? ' | int' : ''} }}`,
    )
    .join('');
}

/** The lines of one release. */
export function evaluateLines(lines: readonly Line[], scope: EvaluationScope): string[] {
  return lines.flatMap((line) => {
    if (line instanceof When) return holds(line.condition, scope) ? evaluateLines(line.body, scope) : [];
    if (line instanceof Either)
      return evaluateLines(holds(line.condition, scope) ? line.lines : line.otherwise, scope);
    if (line instanceof Each)
      return iterations(line, scope).flatMap((round) => evaluateLines(line.body, round));
    return [isValue(line) ? evaluateText(line, scope) : line];
  });
}

function holds(condition: Condition, scope: EvaluationScope): boolean {
  return expressionOf(condition).evaluate(scope) === true;
}

function evaluateText(line: Value<string>, scope: EvaluationScope): string {
  const text = expressionOf(line).evaluate(scope);
  return typeof text === 'string' ? text : '';
}
