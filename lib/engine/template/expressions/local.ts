import type { Json } from '../json';
import { Reference } from '../references';
import {
  Expression,
  expressionOf,
  printScope,
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

  override mayBeAbsent(): boolean {
    return this.expression.mayBeAbsent();
  }

  override needs(): readonly Expression[] {
    return this.expression.needs();
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

/** A print of no chart with what locals stand for in their place. */
export function printWithoutLocals(expression: Expression): string {
  const scope = printScope(undefined);
  const printed = expression.print(scope);
  return [...scope.locals].reduce(
    (text, local) =>
      text.replaceAll(
        new RegExp(`\\$${local.name}\\b`, 'g'),
        () => `(${printWithoutLocals(local.expression)})`,
      ),
    printed,
  );
}

/** The definitions that locals need, each after those that it uses itself and that are not defined around them. */
export function printLocals(
  locals: ReadonlySet<Local>,
  scope: Omit<PrintScope, 'locals'>,
  around: ReadonlySet<Local> = new Set(),
): string[] {
  const lines = new Map<string, string>();
  const define = (local: Local): void => {
    if (around.has(local)) return;
    const used = new Set<Local>();
    const printed = local.expression.print({ ...scope, locals: used });
    used.forEach(define);
    const line = `{{- $${local.name} := ${printed} }}`;
    const other = lines.get(local.name);
    if (other !== undefined && other !== line)
      throw new Error(`two values have the name $${local.name} in one template:\n${other}\n${line}`);
    lines.set(local.name, line);
  };
  locals.forEach(define);
  return [...lines.values()];
}

/** The definitions of locals that use the variables of a loop, for the head of its body; the others are left. */
export function printLocalsOfLoop(
  locals: ReadonlySet<Local>,
  scope: Omit<PrintScope, 'locals'>,
  variables: readonly string[],
): { definitions: string[]; others: ReadonlySet<Local> } {
  const all = new Set([...locals].flatMap((local) => [...localsIn(local.expression), local]));
  const own = new Set([...all].filter((local) => usesVariable(local.expression, variables)));
  const others = new Set([...all].filter((local) => !own.has(local)));
  const names = new Set([...others].map(({ name }) => name));
  const clash = [...all].find(
    (local) => variables.includes(`$${local.name}`) || (own.has(local) && names.has(local.name)),
  );
  if (clash !== undefined)
    throw new Error(
      `in the loop with ${variables.join(' and ')} two values have the name $${clash.name}: give the local another one`,
    );
  return { definitions: printLocals(own, scope, others), others };
}

function localsIn(expression: Expression): Local[] {
  return expression.parts().flatMap((part) => [...localsIn(part), ...(part instanceof Local ? [part] : [])]);
}

function usesVariable(expression: Expression, variables: readonly string[]): boolean {
  return (
    (expression instanceof Reference && variables.includes(expression.origin)) ||
    expression.parts().some((part) => usesVariable(part, variables))
  );
}
