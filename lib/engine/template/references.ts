import type { TSchema } from '@sinclair/typebox';
import type { Lookup } from './expressions/optional';
import { isJsonObject, type Json } from './json';
import {
  Expression,
  valueOf,
  type EvaluationScope,
  type PrintScope,
  type Range,
  type Value,
  type ValueType,
} from './value';
import { resolved } from './shared-shapes';
import { yamlString } from './yaml-text';

/** The symbolic form of a `T`: itself a value, with the symbolic form of each member. */
export type References<T> = Value<T> & Members<NonNullable<T>>;

type Members<T> = T extends readonly unknown[] | string | number | boolean
  ? unknown
  : { readonly [K in keyof T]-?: References<T[K]> };

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
  ) {
    super();
  }

  override print(scope: PrintScope): string {
    if (this.chart !== undefined && scope.chart !== undefined && this.chart !== scope.chart)
      throw new Error(
        `${[this.origin, ...this.path].join('.')} of the chart ${this.chart} stands in a template of the chart ${scope.chart}, which cannot see it`,
      );
    const steps = this.origin.startsWith('$') ? [this.origin, ...this.path] : this.shortened(scope);
    return steps.reduce((printed, step) =>
      /^[A-Za-z_]\w*$/.test(step)
        ? `${printed}${printed === '.' ? '' : '.'}${step}`
        : `(index ${printed} ${JSON.stringify(step)})`,
    );
  }

  private shortened(scope: PrintScope): string[] {
    for (let length = this.path.length; length > 0; length--) {
      const alias = scope.aliases.get([this.origin, ...this.path.slice(0, length)].join('.'));
      if (alias === undefined) continue;
      scope.used.add(alias);
      return [alias.name, ...this.path.slice(length)];
    }
    return [scope.root, this.origin, ...this.path];
  }

  override evaluate(scope: EvaluationScope): Json | undefined {
    let value: Json | undefined = this.start(scope);
    for (const step of this.path) value = isJsonObject(value) ? value[step] : undefined;
    return value ?? undefined;
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
    return new Reference(variable, this.path.slice(depth), this.type, this.words, undefined, this.bounds);
  }

  /** The map that holds this key, for `hasKey`. */
  lookup(): Lookup {
    const map = new Reference(this.origin, this.path.slice(0, -1), 'map', undefined, this.chart);
    return { map, key: this.path.at(-1) ?? '' };
  }
}

/** The symbolic values of a chart: a path that the schema does not know is a compile error, and throws. `T` is the static type of the schema. */
export function chartValues<T>(chart: string, schema: TSchema): References<T> {
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

function referenceAt(root: Root, path: readonly string[], schema: TSchema): Value<unknown> {
  const shape = resolved(schema);
  const words = shape['enum'] as readonly string[] | undefined;
  const members = new Map<string, Value<unknown>>();
  const reference = new Reference(root.origin, path, typeOf(shape), words, root.chart, boundsOf(shape));
  return valueOf(reference, (key) => {
    const member = members.get(key) ?? memberOf(root, path, key, shape);
    members.set(key, member);
    return member;
  });
}

function memberOf(root: Root, path: readonly string[], key: string, schema: TSchema): Value<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, TSchema>;
  const free = (schema['items'] ?? schema['additionalProperties']) as TSchema | boolean | undefined;
  const member = properties[key] ?? (typeof free === 'object' ? free : undefined);
  if (member === undefined) {
    throw new Error(
      `no value ${[root.origin, ...path, key].join('.')}; known here: ${Object.keys(properties).join(', ') || 'nothing'}`,
    );
  }
  return referenceAt(root, [...path, key], member);
}

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
