import Ajv, { type ErrorObject } from 'ajv';
import { chartFacts } from '../charts/chart-facts';
import { jsonSchemaOf } from '../engine/renderers';
import { Values } from './values';

/** How the schema is compiled, here and ahead by `scripts/build.mjs`. */
export const AJV_OPTIONS = { allErrors: true, strict: false } as const;

/** `values.schema.json`. */
export function valuesJsonSchema(): Record<string, unknown> {
  return jsonSchemaOf({ chart: chartFacts.name, schema: Values });
}

/**
 * What the schema refuses about values. This is the slow way, for tests: in the program `scripts/build.mjs`
 * puts the compiled validator in place of this module.
 */
export function schemaErrors(values: unknown): readonly ErrorObject[] {
  compiled ??= new Ajv(AJV_OPTIONS).compile(valuesJsonSchema());
  return compiled(values) ? [] : (compiled.errors ?? []);
}

let compiled: ReturnType<Ajv['compile']> | undefined;
