import type { TSchema } from '@sinclair/typebox';
import type { Lookup } from './expressions/optional';
import { isJsonObject, type Json } from './json';
import {
  Expression,
  valueOf,
  type EvaluationScope,
  type PrintScope,
  type Value,
  type ValueType,
} from './value';
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
  ) {
    super();
  }

  override print(scope: PrintScope): string {
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
      if (alias !== undefined) return [alias, ...this.path.slice(length)];
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

  /** The map that holds this key, for `hasKey`. */
  lookup(): Lookup {
    return { map: new Reference(this.origin, this.path.slice(0, -1), 'map'), key: this.path.at(-1) ?? '' };
  }
}

/** Looks up the schema of a shared shape by the name under `definitions`. */
export type Definitions = Readonly<Record<string, TSchema>>;

/**
 * The symbolic values of a schema: a path that the schema does not know is a compile error, and throws.
 * `T` is the static type of the schema.
 */
export function references<T>(origin: string, schema: TSchema, definitions: Definitions): References<T> {
  return referenceAt(origin, [], schema, definitions) as References<T>;
}

function referenceAt(
  origin: string,
  path: readonly string[],
  schema: TSchema,
  definitions: Definitions,
): Value<unknown> {
  const resolved = dereference(schema, definitions);
  const members = new Map<string, Value<unknown>>();
  return valueOf(
    new Reference(origin, path, typeOf(resolved), resolved['enum'] as readonly string[] | undefined),
    (key) => {
      const member = members.get(key) ?? memberOf(origin, path, key, resolved, definitions);
      members.set(key, member);
      return member;
    },
  );
}

function memberOf(
  origin: string,
  path: readonly string[],
  key: string,
  schema: TSchema,
  definitions: Definitions,
): Value<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, TSchema>;
  const free = (schema['items'] ?? schema['additionalProperties']) as TSchema | boolean | undefined;
  const member = properties[key] ?? (typeof free === 'object' ? free : undefined);
  if (member === undefined) {
    throw new Error(
      `no value ${[origin, ...path, key].join('.')}; known here: ${Object.keys(properties).join(', ') || 'nothing'}`,
    );
  }
  return referenceAt(origin, [...path, key], member, definitions);
}

/** Follows `$ref: '#/definitions/NAME'`. */
export function dereference(schema: TSchema, definitions: Definitions): TSchema {
  const target = schema['$ref'] as string | undefined;
  if (target === undefined) return schema;
  const found = definitions[target.replace('#/definitions/', '')];
  if (found === undefined) throw new Error(`no shared shape ${target}`);
  return dereference(found, definitions);
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
