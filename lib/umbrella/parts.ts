import { parts } from '../parts';
import type { PlatformPart } from '../parts/part';
import type { Static } from '@sinclair/typebox';
import {
  and,
  chartValues,
  closed,
  differs,
  nonEmpty,
  not,
  optional,
  orElse,
  present,
  type JsonObject,
  type References,
  type Rule,
  type Subchart,
  type Value,
} from '../engine';
import { chartFacts } from '../charts/chart-facts';
import { values } from '../charts/values';
import { coreGroups } from '../values';

/** All parts, in the type that has every optional member. */
export const everyPart: readonly PlatformPart[] = parts;

/** Values with which each part is looked at: `redis: on`, … */
export const partVariants: readonly (readonly [name: string, values: JsonObject])[] = everyPart.flatMap(
  ({ name, variants }) =>
    Object.entries(variants).map(([variant, values]) => [`${name}: ${variant}`, values] as const),
);

/** The peers that parts answer. */
export const ends = everyPart.flatMap((part) => part.ends);

/** The charts inside: one for each part. */
export const subcharts: readonly Subchart[] = everyPart.map(({ values }) => values.subchart);

/** What any slice may say of what all charts share. */
const Slice = closed({ global: optional(coreGroups.global.schema) });

/** What a slice says of the name of the installation; `global` of the platform's chart wins over it. */
function nameInSlice(part: string): Value<string | undefined> {
  const all = chartValues<Record<string, Static<typeof Slice>>>(chartFacts.name, closed({ [part]: Slice }));
  // The schema has this key and no other.
  return (all[part] as References<Static<typeof Slice>>).global.fullnameOverride;
}

/** What charts inside see of the platform's values is `global` alone: the same has to stand there. */
export const partRules: readonly Rule[] = everyPart.flatMap(({ name, own, rules }) => [
  ...rules,
  {
    path: 'fullnameOverride',
    broken: and(
      own.enabled,
      nonEmpty(values.fullnameOverride),
      differs(orElse(values.global.fullnameOverride, ''), values.fullnameOverride),
    ),
    sentence: `must be given as global.fullnameOverride while ${name}.enabled is true: charts inside see global alone`,
  },
  {
    path: `${name}.global.fullnameOverride`,
    broken: and(
      own.enabled,
      differs(orElse(nameInSlice(name), ''), orElse(values.global.fullnameOverride, '')),
    ),
    sentence: `must be given as global.fullnameOverride: what ${name} is called follows from the name of all`,
  },
  {
    path: 'network.policies',
    broken: and(own.enabled, not(values.network.policies), not(present(values.global.network.policies))),
    sentence: `must be given as global.network.policies while ${name}.enabled is true: charts inside see global alone`,
  },
]);
