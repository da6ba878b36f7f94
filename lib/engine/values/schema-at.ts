import type { TSchema } from '@sinclair/typebox';
import { resolved } from '../template/shared-shapes';

/** A step of a path into values: a key of a map, or an index of a list. */
export type Step = string | number;

/** The schema of the value at a path; undefined where the schema knows no such value. */
export function schemaAt(root: TSchema, path: readonly Step[]): TSchema | undefined {
  let schema: TSchema | undefined = root;
  for (const step of path) schema = schema === undefined ? undefined : memberOf(resolved(schema), step);
  return schema === undefined ? undefined : resolved(schema);
}

/** The known members of a map, by key. */
export function membersOf(schema: TSchema): Readonly<Record<string, TSchema>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, TSchema>>;
}

/** The schema of the entries of a list or of a map with free keys. */
export function entriesOf(schema: TSchema): TSchema | undefined {
  const entries = (schema['items'] ?? schema['additionalProperties']) as TSchema | boolean | undefined;
  return typeof entries === 'object' ? entries : undefined;
}

function memberOf(schema: TSchema, step: Step): TSchema | undefined {
  const members = membersOf(schema);
  return Object.hasOwn(members, step) ? members[step] : entriesOf(schema);
}
