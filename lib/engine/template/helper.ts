import { Literal } from './expressions/literal';
import { templateName, type HelperBody } from './helper-body';
import type { Json } from './json';
import {
  Expression,
  expressionOf,
  isValue,
  valueOf,
  type EvaluationScope,
  type PrintScope,
  type Value,
  type ValueType,
} from './value';

/** How many arguments a helper takes; `several` are one or more. */
type Arity = 0 | 1 | 2 | 'several';

/** The arguments of a helper; of one that is not known any closer, any number. */
type Arguments<A extends Arity, T> = Arity extends A
  ? readonly T[]
  : A extends 0
    ? readonly []
    : A extends 1
      ? readonly [T]
      : A extends 2
        ? readonly [T, T]
        : readonly [T, ...T[]];

/** A named template of `_helpers.tpl`, in both of its meanings. */
export interface Helper<A extends Arity = Arity> {
  /** Without the chart's prefix: `fullname`. */
  readonly name: string;
  /** What it yields and how it is called, for the comment above its definition; `$CHART` is its prefix. */
  readonly doc: string;
  /**
   * What it yields: `text` is a string of several lines, printed as a literal block; a `map` is YAML text, and may
   * be empty only if the helper says so; `items` is YAML text of list items, or nothing.
   */
  readonly yields: 'string' | 'word' | 'integer' | 'text' | 'map' | 'items';
  readonly mayBeEmpty?: boolean;
  /** It is always called with so many: a body can tell the root from a list only by knowing which of them it gets. */
  readonly takes: A;
  /** The body of the `define`. It is called with the root, or, if it takes arguments, with a list: the root and those. */
  readonly template: HelperBody;
  /** The same in TypeScript. */
  readonly evaluate: (scope: EvaluationScope, ...args: Arguments<A, Json | undefined>) => Json;
  /** The values that the body looks at, besides its arguments. */
  readonly reads: readonly Value<unknown>[];
}

/** A call of a helper. */
export class HelperCall extends Expression {
  readonly type: ValueType;

  constructor(
    readonly helper: Helper,
    private readonly args: readonly Expression[],
  ) {
    super();
    const { name, takes } = helper;
    if (takes === 'several' ? args.length === 0 : args.length !== takes)
      throw new Error(`the helper ${name} takes ${takes} arguments, and is called with ${args.length}`);
    this.type = helper.yields === 'text' ? 'string' : helper.yields === 'items' ? 'list' : helper.yields;
  }

  override print(scope: PrintScope): string {
    const call = this.printCall(scope);
    return this.helper.yields === 'map' ? `${call} | fromYaml` : call;
  }

  override printBlock(scope: PrintScope, indent: number): string {
    return `${this.printCall(scope)} | nindent ${indent}`;
  }

  private printCall(scope: PrintScope): string {
    const args = this.args.map((argument) => argument.operand(scope));
    // What the body looks at has to be of this chart too.
    for (const read of this.helper.reads) expressionOf(read).print(scope);
    return `include ${templateName(scope.chart, this.helper.name)} ${args.length === 0 ? scope.root : `(list ${[scope.root, ...args].join(' ')})`}`;
  }

  override evaluate(scope: EvaluationScope): Json {
    return this.helper.evaluate(scope, ...this.args.map((argument) => argument.evaluate(scope)));
  }

  override parts(): readonly Expression[] {
    return [...this.args, ...this.helper.reads.map(expressionOf)];
  }
}

/** Whether an expression yields a text of several lines. */
export function isMultiline(expression: Expression): boolean {
  return expression instanceof HelperCall && expression.helper.yields === 'text';
}

/** Whether an expression yields the YAML text of list items, which is no list to a Go function. */
export function isItemText(expression: Expression): expression is HelperCall {
  return expression instanceof HelperCall && expression.helper.yields === 'items';
}

type Argument = Value<unknown> | string;

/** A call of a helper, with its arguments after the root. */
export function include<T>(helper: Helper<0>): Value<T>;
export function include<T>(helper: Helper<1>, argument: Argument): Value<T>;
export function include<T>(helper: Helper<2>, one: Argument, other: Argument): Value<T>;
export function include<T>(helper: Helper<'several'>, ...args: readonly Argument[]): Value<T>;
export function include<T>(helper: Helper, ...args: readonly Argument[]): Value<T> {
  return valueOf(
    new HelperCall(
      helper,
      args.map((argument) => (isValue(argument) ? expressionOf(argument) : new Literal(argument))),
    ),
  );
}

/** The `define` of a helper, with its comment. */
export function printHelper(helper: Helper, chart: string): string {
  return `{{/*\n${helper.doc.replaceAll('$CHART', chart)}\n*/}}\n{{- define ${templateName(chart, helper.name)} -}}\n${helper.template.print(chart).trim()}\n{{- end }}\n`;
}
