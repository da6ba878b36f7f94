import { Type, type Static } from '@sinclair/typebox';
import { parts } from '../parts';
import { slicesOf } from '../parts/part';
import { defaultsOfGroups, flag, schemaOf } from '../engine';
import { coreGroups } from '../values';

const { hooks, tests, extraObjects, ...core } = coreGroups;

/** All that has a default: the core, and a slice for each part. */
const groups = { ...core, ...slicesOf(parts), hooks, tests, extraObjects };

/** Every value of the chart. */
export const Values = Type.Object(
  {
    enabled: Type.Optional(flag('Read by a parent chart that lists this one with a condition')),
    ...schemaOf(groups).properties,
  },
  { additionalProperties: false },
);

export type Values = Static<typeof Values>;

/** What the chart starts with: the values of production stand in values/prod.yaml, and so on. */
export function defaultValues(): Values {
  return defaultsOfGroups(groups);
}
