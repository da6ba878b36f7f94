import type { HelperBody } from './helper-body';
import type { Json } from './json';
import { toRawJson } from './json';
import { printYaml, escapeDelimiters, type YamlStyle } from './print';
import type { Node } from './structure';
import {
  Expression,
  expressionOf,
  isValue,
  printScope,
  type EvaluationScope,
  type PrintScope,
  type Value,
} from './value';

/** YAML that is text inside of an object: maps and lists in the order in which they are written. */
export type TextNode =
  string | number | boolean | Value<unknown> | readonly TextNode[] | { readonly [key: string]: TextNode };

/**
 * A file that is text to Helm: one tree, and one printer for the template and for the text, so that both have the
 * same bytes. There are no conditions in it: what changes are scalars, and lists as JSON on one line.
 */
export class TextFile {
  private readonly tree: Node;
  /** The values that stand in it. */
  readonly reads: readonly Value<unknown>[];

  constructor(tree: { readonly [key: string]: TextNode }) {
    const reads: Value<unknown>[] = [];
    this.tree = asNode(tree, reads);
    this.reads = reads;
  }

  /** The body of a template that yields the text, without a line break at its end. */
  template(): HelperBody {
    return {
      print: (chart) => printYaml(this.tree, printScope(chart), TEMPLATE_STYLE).join('\n'),
      calls: [],
    };
  }

  /** The text of one release, without a line break at its end. */
  text(scope: EvaluationScope): string {
    // Expressions are evaluated where the template prints an action: nothing looks at a scope for printing.
    return printYaml(this.tree, printScope(undefined), evaluatedStyle(scope)).join('\n');
  }
}

const asWritten = (keys: readonly string[]): readonly string[] => keys;

const TEMPLATE_STYLE: YamlStyle = {
  order: asWritten,
  constant: escapeDelimiters,
  scalar: (expression, scope) => `{{ ${expression.print(scope)}${FILTERS[expression.type] ?? ''} }}`,
};

/** What follows an expression, by its type: integers of values files are floating-point numbers to Helm. */
const FILTERS: Readonly<Partial<Record<Expression['type'], string>>> = {
  integer: ' | int',
  string: ' | toRawJson',
  number: ' | toRawJson',
  any: ' | toRawJson',
};

function evaluatedStyle(scope: EvaluationScope): YamlStyle {
  return {
    order: asWritten,
    constant: (text) => text,
    scalar: (expression) => scalarText(expression, expression.evaluate(scope)),
  };
}

function scalarText(expression: Expression, value: Json | undefined): string {
  switch (expression.type) {
    case 'word':
    case 'boolean':
      return typeof value === 'string' ? value : toRawJson(value ?? null);
    case 'integer':
      // Go's int has no negative zero.
      return String(Number(value) + 0);
    default:
      return toRawJson(value ?? null);
  }
}

function asNode(node: TextNode, reads: Value<unknown>[]): Node {
  if (isValue(node)) {
    reads.push(node);
    const expression = expressionOf(node);
    return expression.type === 'list' ? new OneLine(expression) : expression;
  }
  if (typeof node !== 'object') return node;
  if (Array.isArray(node)) return (node as readonly TextNode[]).map((item) => asNode(item, reads));
  return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, asNode(member, reads)]));
}

/** A list on one line, as JSON. */
class OneLine extends Expression {
  readonly type = 'any';
  constructor(private readonly list: Expression) {
    super();
  }
  override print(scope: PrintScope): string {
    return this.list.print(scope);
  }
  override evaluate(scope: EvaluationScope): Json | undefined {
    return this.list.evaluate(scope);
  }
  override parts(): readonly Expression[] {
    return [this.list];
  }
}
