import type { Json } from '../json';
import { Expression, type EvaluationScope, type PrintScope } from '../value';

/** A key of a map, for `hasKey`. */
export interface Lookup {
  readonly map: Expression;
  readonly key: string;
}

/** An expression that looks for a key in a map, and may not find it. */
export type LookingUp = Expression & {
  lookup(): Lookup;
  /** Itself and what it is a part of: all that is there for sure where it is. */
  places(): readonly string[];
};

export function isLookup(expression: Expression): expression is LookingUp {
  return 'lookup' in expression && 'places' in expression;
}

/** A map that may be absent, as one in which something can be looked up. */
export class MapOrEmpty extends Expression {
  readonly type = 'map';
  constructor(private readonly map: Expression) {
    super();
  }
  override print(scope: PrintScope): string {
    return `${this.map.operand(scope)} | default dict`;
  }
  override evaluate(scope: EvaluationScope): Json {
    return this.map.evaluate(scope) ?? {};
  }
  override parts(): readonly Expression[] {
    return [this.map];
  }
}

/** A member of what is printed already. */
export function printMember(printed: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${printed}.${key}` : `(index ${printed} ${JSON.stringify(key)})`;
}

/**
 * Whether the key is there. A template's `hasKey` takes a null for a value; where the schema has no type that rules
 * it out, the question is asked of the value.
 */
export function printIsThere(expression: LookingUp, scope: PrintScope): string {
  if (expression.type === 'any') return `not (kindIs "invalid" ${expression.operand(scope)})`;
  const { map, key } = expression.lookup();
  return `hasKey ${map.operand(scope)} ${JSON.stringify(key)}`;
}

/** Where no condition asks for what the author has vouched for. */
export function refuseUnasked(name: string): never {
  throw new Error(
    `given(${name}): nothing around it asks whether it is there; put it inside of when(present(${name}), …)`,
  );
}

/** Throws unless a condition around it asked for a place; where it is no chart's, nobody reads it. */
export function assertAsked(place: string, name: string, { asked, chart }: PrintScope): void {
  if (chart !== undefined && asked?.has(place) !== true) refuseUnasked(name);
}
