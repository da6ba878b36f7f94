import type { Json } from '../json';
import {
  Expression,
  expressionOf,
  valueOf,
  type EvaluationScope,
  type PrintScope,
  type Range,
  type Value,
  type ValueType,
} from '../value';

/** An expression that a template gives a name at its top, because it is long or used more than once. */
export class Local extends Expression {
  readonly type: ValueType;
  constructor(
    readonly name: string,
    readonly expression: Expression,
  ) {
    super();
    this.type = expression.type;
  }

  override print(scope: PrintScope): string {
    scope.locals.add(this);
    return `$${this.name}`;
  }

  override evaluate(scope: EvaluationScope): Json | undefined {
    return this.expression.evaluate(scope);
  }

  override parts(): readonly Expression[] {
    return [this.expression];
  }

  override range(): Range | undefined {
    return this.expression.range();
  }
}

/** Gives a value a name in the templates that use it: `$name`. */
export function local<T>(name: string, value: Value<T>): Value<T> {
  return valueOf(new Local(name, expressionOf(value)));
}

/** The definitions that the locals of a template need, each after those that it uses itself. */
export function printLocals(locals: Set<Local>, scope: Omit<PrintScope, 'locals'>): string[] {
  const lines = new Map<string, string>();
  const define = (local: Local): void => {
    if (lines.has(local.name)) return;
    const used = new Set<Local>();
    const printed = local.expression.print({ ...scope, locals: used });
    used.forEach(define);
    const line = `{{- $${local.name} := ${printed} }}`;
    lines.set(local.name, line);
  };
  locals.forEach(define);
  return [...lines.values()];
}
