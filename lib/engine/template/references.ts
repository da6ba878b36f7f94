import type { TSchema } from '@sinclair/typebox';
import { assertAsked, MapOrEmpty, printMember, refuseUnasked, type Lookup } from './expressions/lookup';
import { isJsonObject, type Json } from './json';
import {
  Expression,
  expressionOf,
  refuseMember,
  valueOf,
  type EvaluationScope,
  type PrintScope,
  type Range,
  type Value,
  type ValueType,
} from './value';
import { resolved } from './shared-shapes';
import { yamlString } from './yaml-text';

/**
 * The symbolic form of a `T`: itself a value, with the symbolic form of each member. A member of what may be absent
 * may be absent too.
 */
export type References<T> = Value<T> & Members<NonNullable<T>, Extract<T, null | undefined>>;

type Members<T, Absent> = T extends readonly unknown[] | string | number | boolean
  ? unknown
  : { readonly [K in keyof T]-?: References<T[K] | ([Absent] extends [never] ? never : undefined)> };

/** What a template is told besides the values, as far as it has a meaning without Helm. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  Release: ['Name', 'Namespace', 'Service'],
  Chart: ['Name', 'Version', 'AppVersion'],
};

function assertTold(origin: string, path: readonly string[]): void {
  if (origin === 'Values' || origin.startsWith('$')) return;
  if (path.length === 1 && TOLD[origin]?.includes(path[0] ?? '') === true) return;
  const known = Object.entries(TOLD).flatMap(([root, fields]) => fields.map((field) => `${root}.${field}`));
  throw new Error(
    `.${[origin, ...path].join('.')} is known to Helm alone, and to no manifest that is written without it; known here: ${known.join(', ')}`,
  );
}

/** A beginning of a path that may be absent. */
export interface Doubt {
  /** How many steps it has. */
  readonly steps: number;
  /** The author says that a condition asks for it. */
  readonly isVouchedFor: boolean;
}

/** A place in `.Values`, in another root (`.Release`, `.Chart`), or in a loop's variable. */
export class Reference extends Expression {
  constructor(
    /** `Values`, `Release`, `Chart`, or a variable such as `$port`. */
    readonly origin: string,
    readonly path: readonly string[],
    readonly type: ValueType,
    /** Of an enumeration: all that the value can be. */
    readonly words?: readonly string[],
    /** The chart whose values these are; of a variable, or of what every chart is told, none. */
    readonly chart?: string,
    /** Of an integer, by its schema. */
    private readonly bounds?: Range,
    /** What of the path may be absent, itself included. */
    readonly doubts: readonly Doubt[] = [],
  ) {
    super();
    assertTold(origin, path);
  }

  override print(scope: PrintScope): string {
    if (this.chart !== undefined && scope.chart !== undefined && this.chart !== scope.chart)
      throw new Error(
        `${this.nameAt(this.path.length)} of the chart ${this.chart} stands in a template of the chart ${scope.chart}, which cannot see it`,
      );
    for (const { steps, isVouchedFor } of this.doubts)
      if (isVouchedFor) assertAsked(this.placeAt(steps), this.nameAt(steps), scope);
    const { start, covered } = this.startIn(scope);
    return this.path
      .slice(covered)
      .reduce((printed, step, i) => this.stepFrom(printed, step, covered + i), start);
  }

  override mayBeAbsent(): boolean {
    return this.doubts.some(({ isVouchedFor }) => !isVouchedFor);
  }

  /** A chain of fields is one operand, whatever stands in parentheses at its beginning. */
  override operand(scope: PrintScope): string {
    return this.print(scope);
  }

  /** A member of what is printed already, after so many steps: what may be absent has none then. */
  private stepFrom(printed: string, step: string, taken: number): string {
    return printMember(this.isDoubtfulAfter(taken) ? `(${printed} | default dict)` : printed, step);
  }

  private isDoubtfulAfter(taken: number): boolean {
    return this.doubts.some(({ steps, isVouchedFor }) => steps === taken && !isVouchedFor);
  }

  /** Where printing begins, and how many steps that covers. */
  private startIn(scope: PrintScope): { start: string; covered: number } {
    if (this.origin.startsWith('$')) return { start: this.origin, covered: 0 };
    for (let length = this.path.length; length > 0; length--) {
      const alias = scope.aliases.get(this.nameAt(length));
      if (alias === undefined) continue;
      scope.used.add(alias);
      return { start: alias.name, covered: length };
    }
    return { start: `${scope.root === '.' ? '' : scope.root}.${this.origin}`, covered: 0 };
  }

  override evaluate(scope: EvaluationScope): Json | undefined {
    let value: Json | undefined = this.start(scope);
    for (const [i, step] of this.path.entries()) {
      value = isJsonObject(value) ? value[step] : undefined;
      if ((value ?? undefined) === undefined && this.isVouchedForAfter(i + 1))
        refuseUnasked(this.nameAt(i + 1));
    }
    return value ?? undefined;
  }

  private isVouchedForAfter(taken: number): boolean {
    return this.doubts.some(({ steps, isVouchedFor }) => steps === taken && isVouchedFor);
  }

  private start(scope: EvaluationScope): Json | undefined {
    switch (this.origin) {
      case 'Values':
        return scope.values;
      case 'Release':
        return { Name: scope.release.name, Namespace: scope.release.namespace, Service: 'Helm' };
      case 'Chart':
        return { Name: scope.chart.name, Version: scope.chart.version, AppVersion: scope.chart.appVersion };
      default:
        if (!(this.origin in scope.variables))
          throw new Error(`${this.origin} is the variable of a loop, and used outside of it`);
        return scope.variables[this.origin];
    }
  }

  override parts(): readonly Expression[] {
    return [];
  }

  override range(): Range | undefined {
    return this.bounds;
  }

  /** The same place, seen from a loop's variable that holds what is under the first `depth` steps. */
  rebased(variable: string, depth: number): Reference {
    const doubts = this.doubts.flatMap((doubt) =>
      doubt.steps > depth ? [{ ...doubt, steps: doubt.steps - depth }] : [],
    );
    return new Reference(
      variable,
      this.path.slice(depth),
      this.type,
      this.words,
      undefined,
      this.bounds,
      doubts,
    );
  }

  /** The map that holds this key, for `hasKey`. */
  lookup(): Lookup {
    const steps = this.path.length - 1;
    const doubts = this.doubts.filter((doubt) => doubt.steps <= steps);
    const map = new Reference(
      this.origin,
      this.path.slice(0, -1),
      'map',
      undefined,
      this.chart,
      undefined,
      doubts,
    );
    return { map: this.isDoubtfulAfter(steps) ? new MapOrEmpty(map) : map, key: this.path.at(-1) ?? '' };
  }

  /** The same place, where the author says that what has at most so many steps is there. */
  vouchedFor(most: number): Reference {
    const doubts = this.doubts.map(({ steps, isVouchedFor }) => ({
      steps,
      isVouchedFor: isVouchedFor || steps <= most,
    }));
    return new Reference(this.origin, this.path, this.type, this.words, this.chart, this.bounds, doubts);
  }

  places(): readonly string[] {
    return [...this.path.keys()].map((i) => this.placeAt(i + 1)).toReversed();
  }

  /** Unlike a name, unmistakable where a key has a dot. */
  private placeAt(steps: number): string {
    return JSON.stringify([this.origin, ...this.path.slice(0, steps)]);
  }

  private nameAt(steps: number): string {
    return [this.origin, ...this.path.slice(0, steps)].join('.');
  }
}

/** The same value and its members, where the author says that what has at most so many steps is there. */
export function vouchedFor(value: Value<unknown>, most: number): Value<unknown> {
  return valueOf((expressionOf(value) as Reference).vouchedFor(most), (key) =>
    // The members of a reference are references.
    vouchedFor((value as unknown as Readonly<Record<string, Value<unknown>>>)[key] as Value<unknown>, most),
  );
}

/**
 * The symbolic values of a chart: a path that the schema does not know is a compile error, and throws. `T` is the static
 * type of the schema. Without a name they are those of whichever chart they are printed in, which has to have them.
 */
export function chartValues<T>(chart: string | undefined, schema: TSchema): References<T> {
  return referenceAt({ origin: 'Values', chart }, [], schema) as References<T>;
}

/** The same for a variable, with `$`: of a loop, or a parameter of a named template. */
export function variable<T>(name: string, schema: TSchema): References<T> {
  return referenceAt({ origin: name, chart: undefined }, [], schema) as References<T>;
}

/** Where paths begin. */
interface Root {
  readonly origin: string;
  readonly chart: string | undefined;
}

function referenceAt(
  root: Root,
  path: readonly string[],
  schema: TSchema,
  doubts: readonly Doubt[] = [],
): Value<unknown> {
  const shape = resolved(schema);
  const words = shape['enum'] as readonly string[] | undefined;
  const members = new Map<string, Value<unknown>>();
  const reference = new Reference(
    root.origin,
    path,
    typeOf(shape),
    words,
    root.chart,
    boundsOf(shape),
    doubts,
  );
  return valueOf(reference, (key) => {
    const member = members.get(key) ?? memberOf(root, path, key, shape, doubts);
    members.set(key, member);
    return member;
  });
}

/** What `entryOf` asks for: a list's items or a map's entries, whatever they are called. */
const ENTRY = '[]';

/** The shape that all entries of a list or a map have. */
export function entryOf<I>(collection: Value<unknown>): References<I> {
  return (collection as unknown as Readonly<Record<string, References<I>>>)[ENTRY] as References<I>;
}

/** The schema of a list's items or of a map's entries. `Type.Record` has one pattern that all keys match. */
function entryIn(schema: TSchema): TSchema | undefined {
  const patterns = Object.values((schema['patternProperties'] ?? {}) as Record<string, TSchema>);
  const found = [schema['items'], schema['additionalProperties'], ...(patterns.length === 1 ? patterns : [])];
  // The first that is a schema and no mere yes or no.
  return found.find((entry) => typeof entry === 'object') as TSchema | undefined;
}

function memberOf(
  root: Root,
  path: readonly string[],
  key: string,
  schema: TSchema,
  doubts: readonly Doubt[],
): Value<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, TSchema>;
  const place = [root.origin, ...path].join('.');
  const member = key === ENTRY ? entryIn(schema) : (properties[key] ?? entryIn(schema));
  if (member === undefined) {
    if (key === ENTRY)
      throw new Error(
        `${place} is no list and no map of entries of one shape: its schema has neither items nor additionalProperties nor one of patternProperties`,
      );
    if (HAS_NO_MEMBERS.includes(typeOf(schema)))
      refuseMember(new Reference(root.origin, path, typeOf(schema), undefined, root.chart), key);
    const known = Object.keys(properties).join(', ');
    throw new Error(
      `no value ${place}.${key}; known here: ${known === '' ? 'nothing, since the schema says nothing of what is in it' : known}`,
    );
  }
  const required = (schema['required'] ?? []) as readonly string[];
  const further = required.includes(key)
    ? doubts
    : [...doubts, { steps: path.length + 1, isVouchedFor: false }];
  return referenceAt(root, [...path, key], member, further);
}

/** Whoever asks these for one knows a class of its own in their place. */
const HAS_NO_MEMBERS: readonly ValueType[] = ['string', 'word', 'integer', 'number', 'boolean'];

/** What an integer can be, if its schema says both ends. */
function boundsOf({ type, minimum, maximum }: TSchema): Range | undefined {
  return type === 'integer' && typeof minimum === 'number' && typeof maximum === 'number'
    ? { least: minimum, greatest: maximum }
    : undefined;
}

function typeOf(schema: TSchema): ValueType {
  const words = schema['enum'] as readonly string[] | undefined;
  if (words?.every((word) => yamlString(word) === word) === true) return 'word';
  switch (schema['type'] as string | undefined) {
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return schema['type'] as ValueType;
    case 'object':
      return 'map';
    case 'array':
      return 'list';
    default:
      return 'any';
  }
}
