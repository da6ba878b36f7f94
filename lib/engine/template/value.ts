import type { Local } from './expressions/local';
import type { Json, JsonObject } from './json';

/**
 * What an expression yields, as far as printing needs to know it. A `word` is a string that every YAML reads
 * as one without quotes.
 */
export type ValueType = 'string' | 'word' | 'integer' | 'number' | 'boolean' | 'map' | 'list' | 'any';

/** What Helm knows of the release that is being rendered. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
}

/** What `Chart.yaml` says. */
export interface ChartFacts {
  readonly name: string;
  readonly version: string;
  readonly appVersion: string;
}

/** The least and the greatest integer that an expression can yield. */
export interface Range {
  readonly least: number;
  readonly greatest: number;
}

/** Everything that an expression may look at when it is evaluated. */
export interface EvaluationScope {
  readonly values: JsonObject;
  readonly release: Release;
  readonly chart: ChartFacts;
  readonly variables: Readonly<Record<string, Json | undefined>>;
}

/** A variable that stands for a place in the values, defined at the top of the templates that use it. */
export interface Alias {
  /** With `$`. */
  readonly name: string;
  /** For example `['parts', 'web']`. */
  readonly path: readonly string[];
}

/** Where an expression is printed: in which chart, what the root is called there, and which prefixes have a short name. */
export interface PrintScope {
  /** The name of the chart: its named templates begin with it, and it sees its own values alone. Undefined: nowhere. */
  readonly chart: string | undefined;
  /** `.` at the top of a file, `$` inside of a loop; a variable in a named template that has parameters. */
  readonly root: '.' | '$' | '$root';
  /** For example `Values.parts.web` → `$part`. */
  readonly aliases: ReadonlyMap<string, Alias>;
  /** Collects the names that are used, and so have to be defined at the top. */
  readonly locals: Set<Local>;
  /** Collects the aliases that are used. */
  readonly used: Set<Alias>;
  /** The places that a condition around it found to be there. */
  readonly asked?: ReadonlySet<string>;
  /** The variables of the loops around it, each with what its loop goes over. */
  readonly loops?: ReadonlyMap<string, string>;
}

/** The scope at the top of a template. */
export function printScope(
  chart: string | undefined,
  root: PrintScope['root'] = '.',
  aliases: readonly Alias[] = [],
): PrintScope {
  return {
    chart,
    root,
    aliases: new Map(aliases.map((alias) => [['Values', ...alias.path].join('.'), alias])),
    locals: new Set(),
    used: new Set(),
  };
}

/** The scope inside of a loop or a `with`, where the dot is something else. */
export function withAnotherDot(scope: PrintScope): PrintScope {
  return scope.root === '.' ? { ...scope, root: '$' } : scope;
}

/** The scope inside of what is there only if a condition holds. */
export function asking(scope: PrintScope, condition: Expression): PrintScope {
  const assured = condition.assures();
  if (assured.length === 0) return scope;
  return { ...scope, asked: new Set([...(scope.asked ?? []), ...assured]) };
}

/**
 * A value that is known only when a release is rendered. Each kind of expression says, side by side,
 * how it prints as a Go template and how it evaluates in TypeScript; `npm run prove` holds the two together.
 */
export abstract class Expression {
  abstract readonly type: ValueType;
  /** The Go template expression, without delimiters and without surrounding parentheses. */
  abstract print(scope: PrintScope): string;
  /** The value for one release; `undefined` is what a missing key is to a template. */
  abstract evaluate(scope: EvaluationScope): Json | undefined;
  /** The expressions that this one is made of. */
  abstract parts(): readonly Expression[];

  /** Of an integer: what it can be, where the schema or the expression says so. */
  range(): Range | undefined {
    return undefined;
  }

  /** Of a condition: the places that are there for sure wherever it holds. */
  assures(): readonly string[] {
    return [];
  }

  /** Whether it can come to nothing where no condition asked for it. */
  mayBeAbsent(): boolean {
    return false;
  }

  /** What has to be there for this to be a whole field: otherwise Helm writes null, 0, or a text with a hole in it. */
  needs(): readonly Expression[] {
    return this.mayBeAbsent() ? [this] : [];
  }

  /** As an operand of a function of strings, which takes no nothing: an empty one then. */
  stringOperand(scope: PrintScope): string {
    return this.mayBeAbsent() ? `(${this.operand(scope)} | default "")` : this.operand(scope);
  }

  /** As an operand of another expression: in parentheses where Go needs them. */
  operand(scope: PrintScope): string {
    const printed = this.print(scope);
    return /^("(\\.|[^"\\])*"|[^\s"]+)$/.test(printed) ? printed : `(${printed})`;
  }

  /** As the value of a key, on its own indented lines: for maps and lists. */
  printBlock(scope: PrintScope, indent: number): string {
    return `toYaml ${this.operand(scope)} | nindent ${indent}`;
  }
}

/** A value as a text that no chart has: two that print alike are alike. */
export function comparable(value: Value<unknown>): string {
  return expressionOf(value).print(printScope(undefined));
}

declare const represents: unique symbol;
const EXPRESSION = Symbol('expression');

/**
 * A symbolic `T`, as the authors of charts see it. It fits wherever a template takes a `T` and nowhere else.
 * Nothing can be computed with it in TypeScript: it is no number and no string, and the signature, which
 * nobody can call, makes `if (value)` a compile error.
 */
export type Value<T> = { readonly [represents]: T } & ((symbolic: never) => never);

/** A condition: what `when` takes. */
export type Condition = Value<boolean>;

/** Gives an expression its static type (the caller vouches for it) and, optionally, members. */
export function valueOf<T>(expression: Expression, member?: (key: string) => Value<unknown>): Value<T> {
  const proxy = new Proxy(
    { [EXPRESSION]: expression },
    {
      get(_target, key) {
        if (key === EXPRESSION) return expression;
        if (key === 'toString' || key === Symbol.toPrimitive) return () => refuseText(expression);
        if (typeof key !== 'string') return undefined;
        return member === undefined ? refuseMember(expression, key) : member(key);
      },
    },
  );
  // The brand and the call signature exist for the compiler alone.
  return proxy as unknown as Value<T>;
}

/** The expression behind a symbolic value. */
export function expressionOf(value: Value<unknown>): Expression {
  return (value as unknown as { [EXPRESSION]: Expression })[EXPRESSION];
}

/** Whether something found in an object's properties is a symbolic value. */
export function isValue(candidate: unknown): candidate is Value<unknown> {
  return typeof candidate === 'object' && candidate !== null && EXPRESSION in candidate;
}

/** What to do where a class wants to know what no class can know yet. */
const USE_L1 =
  'a class that computes with what it is given, as the L2 ones of cdk8s-plus may, takes plain values there: use the L1 class (Kube…)';

/** JavaScript would turn the value into text too early, and silently. */
function refuseText(expression: Expression): never {
  throw new TypeError(
    `${comparable(valueOf(expression))} has no text yet: join it with text\`…\`, not with + or \${…}; ${USE_L1}`,
  );
}

/** Nothing would be found there, and what asks for it would be left out. */
export function refuseMember(expression: Expression, key: string): never {
  throw new TypeError(
    `${comparable(valueOf(expression))} is symbolic, and has no ${key} to ask for; ${USE_L1}`,
  );
}
