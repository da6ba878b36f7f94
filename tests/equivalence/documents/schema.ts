import type { Description, Json } from '../../../lib/engine';
import { jsonSchemaOf } from '../../../lib/engine/renderers';

/** The part of draft-07 that schemas of charts use. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: Json;
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

/** The schema of a chart's values, with those of the charts inside in the place of their slices. */
export function wholeSchema({ catalogue, subcharts }: Description): JsonSchema {
  // What the engine prints is draft-07.
  const own = withoutReferences(jsonSchemaOf(catalogue));
  const inside = subcharts.map(({ description }) => {
    const { name } = description.facts;
    return [name, sliceSchema(wholeSchema(description), own.properties?.[name])] as const;
  });
  if (inside.length === 0) return own;
  const shared = inside.map(([, { properties = {} }]) => properties['global']?.properties);
  const global = own.properties?.['global'];
  return {
    ...own,
    properties: {
      ...own.properties,
      ...Object.fromEntries(inside),
      // What the charts inside read of it is given by the outer one, too.
      global: { ...global, properties: Object.assign({}, ...shared, global?.properties) as Properties },
    },
  };
}

type Properties = NonNullable<JsonSchema['properties']>;

/** What the chart inside knows; what the outer one says of it has to be there. */
function sliceSchema(inner: JsonSchema, slice: JsonSchema | undefined): JsonSchema {
  return { ...inner, required: [...(inner.required ?? []), ...(slice?.required ?? [])] };
}

/** A schema with the shapes that it shares in the place of references to them: each is one object, wherever it stands. */
function withoutReferences(root: JsonSchema): JsonSchema {
  const shapes = new Map<string, JsonSchema>();
  const shape = (reference: string): JsonSchema => {
    const definition = root.definitions?.[reference.replace('#/definitions/', '')];
    if (definition === undefined) throw new Error(`no definition ${reference}`);
    const known = shapes.get(reference) ?? walk(definition);
    shapes.set(reference, known);
    return known;
  };
  const walkAll = (members: Properties): Properties =>
    Object.fromEntries(Object.entries(members).map(([key, member]) => [key, walk(member)]));
  const walk = (schema: JsonSchema): JsonSchema => {
    if (schema.$ref !== undefined) return shape(schema.$ref);
    const { items, anyOf, properties, additionalProperties: free } = schema;
    return {
      ...schema,
      ...(items === undefined ? {} : { items: walk(items) }),
      ...(anyOf === undefined ? {} : { anyOf: anyOf.map(walk) }),
      ...(properties === undefined ? {} : { properties: walkAll(properties) }),
      ...(typeof free === 'object' ? { additionalProperties: walk(free) } : {}),
    };
  };
  return walk(root);
}

/** The members that a map has by name; undefined where it has none, but for those that moved. */
export function membersOf({ properties = {} }: JsonSchema): JsonSchema['properties'] {
  const members = Object.entries(properties).filter(([, { doNotSuggest }]) => doNotSuggest !== true);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

/** All leaves of a schema: maps with free keys, and lists, are one leaf each. */
export function leavesOf(schema: JsonSchema, path: readonly string[] = [], required = true): Leaf[] {
  const members = membersOf(schema);
  if (members === undefined) return path.length === 0 ? [] : [{ path, schema, required }];
  return Object.entries(members).flatMap(([key, member]) =>
    leavesOf(member, [...path, key], schema.required?.includes(key) ?? false),
  );
}

/** Maps that have known members, and take any other. */
export function openMaps(schema: JsonSchema, path: readonly string[] = []): (readonly string[])[] {
  const { properties, additionalProperties: free } = schema;
  if (properties === undefined) return [];
  const below = Object.entries(properties).flatMap(([key, member]) => openMaps(member, [...path, key]));
  return free === undefined || free === true ? [path, ...below] : below;
}

/** The schema at a path, through maps with free keys too. */
export function schemaAt(root: JsonSchema, path: readonly string[]): JsonSchema | undefined {
  return path.reduce<JsonSchema | undefined>((schema, key) => {
    const free = schema?.additionalProperties;
    return schema?.properties?.[key] ?? (typeof free === 'object' ? free : undefined);
  }, root);
}
