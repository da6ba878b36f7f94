import { valuesJsonSchema } from '../../../lib/umbrella';
import type { Json } from '../../../lib/engine';

/** The part of draft-07 that our schema uses. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly Json[];
  readonly anyOf?: readonly JsonSchema[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** It moved: the schema lets it through, and a rule refuses it. */
  readonly doNotSuggest?: true;
  readonly examples?: readonly Json[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** A value that an operator sets: everything below it belongs together. */
export interface Leaf {
  readonly path: readonly string[];
  readonly schema: JsonSchema;
  /** Whether a document without it is refused. */
  readonly required: boolean;
}

/** The schema of the chart's values. */
export const valuesSchema: JsonSchema = valuesJsonSchema();

/** Follows a reference to a shared shape. */
export function resolve(schema: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const target = valuesSchema.definitions?.[schema.$ref.replace('#/definitions/', '')];
  if (target === undefined) throw new Error(`no definition ${schema.$ref}`);
  return resolve(target);
}

/** The members that a map has by name; undefined where it has none, but for those that moved. */
export function membersOf({ properties = {} }: JsonSchema): JsonSchema['properties'] {
  const members = Object.entries(properties).filter(([, { doNotSuggest }]) => doNotSuggest !== true);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** All leaves of a schema: maps with free keys, and lists, are one leaf each. */
export function leavesOf(
  schema: JsonSchema = valuesSchema,
  path: readonly string[] = [],
  required = true,
): Leaf[] {
  const resolved = resolve(schema);
  const members = membersOf(resolved);
  if (members === undefined) return [{ path, schema: resolved, required }];
  return Object.entries(members).flatMap(([key, member]) =>
    leavesOf(member, [...path, key], resolved.required?.includes(key) ?? false),
  );
}

/** The schema at a path, through maps with free keys too. */
export function schemaAt(path: readonly string[]): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>((schema, key) => {
    const resolved = schema && resolve(schema);
    const free = resolved?.additionalProperties;
    const member = resolved?.properties?.[key] ?? (typeof free === 'object' ? free : undefined);
    return member && resolve(member);
  }, valuesSchema);
}
