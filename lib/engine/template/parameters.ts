import type { Static, TProperties } from '@sinclair/typebox';
import { Literal } from './expressions/literal';
import type { Json } from './json';
import { variable, type References } from './references';
import {
  Expression,
  expressionOf,
  isValue,
  type EvaluationScope,
  type PrintScope,
  type Value,
  type ValueType,
} from './value';

/** A constant of any shape. */
type Constant = string | number | boolean | readonly Constant[] | { readonly [key: string]: Constant };

/** What a named template is called with besides the root, by the names of its parameters. */
export type Arguments = Readonly<Record<string, Value<unknown> | Constant>>;

/** What the root is called among the arguments. */
const ROOT = 'root';

/**
 * The parameters of a named template, for the author of its body: each is a variable there, as that of a loop is.
 * A call has an argument for each of those that the template uses.
 */
export function parameters<T extends TProperties>(
  schemas: T,
): { readonly [K in keyof T]: References<Static<T[K]>> } {
  if (ROOT in schemas) throw new Error(`no parameter can be called ${ROOT}`);
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, variable(`$${name}`, schema)]),
    // One reference a schema, each of its type.
  ) as { readonly [K in keyof T]: References<Static<T[K]>> };
}

/** What the root is called in the body of a named template: where there are parameters, the dot is a `dict`. */
export function rootBeside(names: readonly string[]): PrintScope['root'] {
  return names.length === 0 ? '.' : `$${ROOT}`;
}

/** The first lines of the body: the root and the parameters, out of the dot. */
export function printParameters(names: readonly string[]): string[] {
  return names.length === 0 ? [] : [ROOT, ...names].map((name) => `{{- $${name} := .${name} }}`);
}

/** What a named template is called with: the root alone, or a `dict` of the root and the arguments. */
export function printArguments(given: Arguments, scope: PrintScope): string {
  const entries = Object.entries(given);
  if (entries.length === 0) return scope.root;
  const printed = entries.map(([name, value]) => `"${name}" ${argumentOf(value).operand(scope)}`);
  return `(dict ${[`"${ROOT}" ${scope.root}`, ...printed].join(' ')})`;
}

/** What the body of a named template sees: its arguments, and none of the caller's variables. */
export function withArguments(given: Arguments, scope: EvaluationScope): EvaluationScope {
  const variables = Object.entries(given).map(
    ([name, value]) => [`$${name}`, argumentOf(value).evaluate(scope)] as const,
  );
  return { ...scope, variables: Object.fromEntries(variables) };
}

/** An argument as an expression. */
export function argumentOf(value: Value<unknown> | Constant): Expression {
  if (isValue(value)) return expressionOf(value);
  return typeof value === 'object' ? new Collection(value) : new Literal(value);
}

/** A constant list or map. */
class Collection extends Expression {
  readonly type: ValueType;
  private readonly members: readonly (readonly [key: string, member: Expression])[];

  constructor(value: readonly Constant[] | Readonly<Record<string, Constant>>) {
    super();
    this.type = Array.isArray(value) ? 'list' : 'map';
    this.members = Object.entries(value).map(([key, member]) => [key, argumentOf(member)]);
  }

  override print(scope: PrintScope): string {
    const printed = this.members.map(([key, member]) =>
      this.type === 'list' ? member.operand(scope) : `${JSON.stringify(key)} ${member.operand(scope)}`,
    );
    return [this.type === 'list' ? 'list' : 'dict', ...printed].join(' ');
  }

  override evaluate(scope: EvaluationScope): Json {
    const evaluated = this.members.map(([key, member]) => [key, member.evaluate(scope) ?? null] as const);
    return this.type === 'list' ? evaluated.map(([, member]) => member) : Object.fromEntries(evaluated);
  }

  override parts(): readonly Expression[] {
    return this.members.map(([, member]) => member);
  }
}
