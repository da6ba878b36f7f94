import type { Json } from './json';
import { Expression, expressionOf, valueOf, type EvaluationScope, type PrintScope, type Value, type ValueType } from './value';
import { Literal } from './expressions/literal';

/** A named template of `_helpers.tpl`, in both of its meanings. */
export interface HelperDefinition {
  /** Without the chart's prefix: `fullname`. */
  readonly name: string;
  /** What it yields and what it takes, for the comment above its definition. */
  readonly doc: string;
  readonly type: ValueType;
  /** The body of the `define`. It is called with the root, or with a list: the root and the arguments. */
  readonly template: string;
  /** The same in TypeScript. */
  readonly evaluate: (scope: EvaluationScope, ...args: (Json | undefined)[]) => Json;
  /** The values that the body looks at, besides its arguments. */
  readonly reads: readonly Value<unknown>[];
  /** Yields a text of several lines, which is printed as a literal block. */
  readonly multiline?: boolean;
}

/** The prefix that keeps our named templates apart from those of other charts in one umbrella. */
export const HELPER_PREFIX = 'medical-kg';

class HelperCall extends Expression {
  readonly type: ValueType;
  readonly multiline: boolean;
  /** A helper that yields a map always yields some entries: no `with` is needed around it. */
  readonly alwaysFull = true;
  constructor(
    readonly helper: HelperDefinition,
    private readonly args: readonly Expression[],
  ) {
    super();
    this.type = helper.type;
    this.multiline = helper.multiline ?? false;
  }

  override print(scope: PrintScope): string {
    const called = this.printCall(scope);
    return this.type === 'map' || this.type === 'list' ? `${called} | fromYaml` : called;
  }

  override printBlock(scope: PrintScope, indent: number): string {
    return `${this.printCall(scope)} | nindent ${indent}`;
  }

  private printCall(scope: PrintScope): string {
    const args = this.args.map((argument) => argument.operand(scope));
    const argument = args.length === 0 ? scope.root : `(list ${[scope.root, ...args].join(' ')})`;
    return `include "${HELPER_PREFIX}.${this.helper.name}" ${argument}`;
  }

  override evaluate(scope: EvaluationScope): Json {
    return this.helper.evaluate(scope, ...this.args.map((argument) => argument.evaluate(scope)));
  }

  override parts(): readonly Expression[] {
    return [...this.args, ...this.helper.reads.map(expressionOf)];
  }
}

/** A call of a helper, with its arguments. */
export function include<T>(helper: HelperDefinition, ...args: readonly (Value<unknown> | string)[]): Value<T> {
  return valueOf(new HelperCall(helper, args.map((argument) => (typeof argument === 'string' ? new Literal(argument) : expressionOf(argument)))));
}

/** The `define` of a helper, with its comment. */
export function printHelper(helper: HelperDefinition): string {
  return `{{/*\n${helper.doc}\n*/}}\n{{- define "${HELPER_PREFIX}.${helper.name}" -}}\n${helper.template.trim()}\n{{- end }}\n`;
}
