import type { Static, TSchema } from '@sinclair/typebox';

/** A part of the values, with what the chart starts with. */
export interface Group<S extends TSchema> {
  readonly schema: S;
  readonly defaults: Static<S>;
}

/** The pair of both: the defaults are what the schema says. */
export function group<S extends TSchema>(schema: S, defaults: Static<S>): Group<S> {
  return { schema, defaults };
}
