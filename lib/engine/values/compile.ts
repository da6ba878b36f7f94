import Ajv, { type ErrorObject } from 'ajv';
import type { JsonObject } from '../template/json';

/** Tells what a schema refuses about values: all of it. */
export type SchemaErrors = (values: unknown) => readonly ErrorObject[];

/** How a schema is compiled. */
export const AJV_OPTIONS = { allErrors: true, strict: false } as const;

/**
 * The schema of a chart's values, compiled when it is first asked. A program that starts often may have it compiled ahead,
 * by the chart's name, in place of this module.
 */
export function compile(_chart: string, schema: () => JsonObject): SchemaErrors {
  let validate: ReturnType<Ajv['compile']> | undefined;
  return (values) => {
    validate ??= new Ajv(AJV_OPTIONS).compile(schema());
    return validate(values) ? [] : (validate.errors ?? []);
  };
}
