import { Type, type Static, type TObject, type TOptional, type TSchema } from '@sinclair/typebox';

/** A part of the values, with what the chart starts with. */
export interface Group<S extends TSchema> {
  readonly schema: S;
  readonly defaults: Static<S>;
}

/** The pair of both: the defaults are what the schema says. What may be left out has none, and is absent then. */
export function group<S extends TOptional<TSchema>>(schema: S): Group<S>;
export function group<S extends TSchema>(schema: S, defaults: Static<S>): Group<S>;
export function group<S extends TSchema>(schema: S, defaults?: Static<S>): Group<S> {
  return { schema, defaults };
}

/** A group of the values for each key. */
export type Groups = Readonly<Record<string, Group<TSchema>>>;
/** What groups say together. */
export type GroupValues<G extends Groups> = {
  -readonly [K in keyof G]:
    Static<G[K]['schema']> | (G[K]['schema'] extends TOptional<TSchema> ? undefined : never);
};

/** The schema of groups, as one map. */
export function schemaOf<G extends Groups>(groups: G): TObject<{ -readonly [K in keyof G]: G[K]['schema'] }> {
  const entries = Object.entries(groups).map(([key, { schema }]): [string, TSchema] => [key, schema]);
  // The same keys, each with its own schema.
  const schemas = Object.fromEntries(entries) as { -readonly [K in keyof G]: G[K]['schema'] };
  return Type.Object(schemas, { additionalProperties: false });
}

/** What the chart starts with for groups. */
export function defaultsOfGroups<G extends Groups>(groups: G): GroupValues<G> {
  const entries = Object.entries(groups)
    .map(([key, { defaults }]): [string, unknown] => [key, defaults])
    .filter(([, defaults]) => defaults !== undefined);
  // The same keys, each with what its schema says.
  return Object.fromEntries(entries) as GroupValues<G>;
}
