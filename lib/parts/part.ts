import type { Static, TSchema } from '@sinclair/typebox';
import type { End } from '../charts/ends';
import { chartFacts } from '../charts/chart-facts';
import {
  chartValues,
  closed,
  slice,
  type DescriptionOf,
  type Groups,
  type Helper,
  type JsonObject,
  type Line,
  type References,
  type Rule,
  type SliceDefaults,
  type SliceGroup,
} from '../engine';

/** What a part says of itself, once. What several parts give is gathered by lib/umbrella, which walks over their list. */
interface PartRecord<N extends string, G extends Groups, D extends SliceDefaults<G>> {
  /** The name of its chart, and the key of its slice. */
  readonly name: N;
  /** Its chart, which is inside of the platform's: its values, objects, rules and helpers. */
  readonly chart: DescriptionOf<G>;
  /** What the platform's chart says of its slice. All that the members below look at stands here. */
  readonly defaults: D;
  /** The peers that it answers while it is on, so that nobody has to say where they are. */
  ends?(own: References<D>): readonly End[];
  /** Relations between its values and those of the platform; paths are those of the whole chart. */
  rules?(own: References<D>): readonly PartRule[];
  /** Named templates that its ends need in the platform's chart. */
  readonly helpers?: readonly Helper[];
  /** What an install tells of it at its end. */
  notes?(own: References<D>): readonly Line[];
  /** Values of the platform's chart with which the proof, the unit tests and CI look at it. */
  readonly variants: Variants;
}

/** A rule, with values that break it, which the schema lets through: each rule is seen to be broken. */
export interface PartRule extends Rule {
  readonly brokenBy: JsonObject;
}

/** `external`: what it answers is elsewhere; left out by a part that answers nobody. */
export interface Variants {
  readonly on: JsonObject;
  readonly off: JsonObject;
  readonly external?: JsonObject;
}

/** A part of the platform. */
export interface PlatformPart<N extends string = string, S extends TSchema = TSchema> {
  readonly name: N;
  /** Its slice, with the chart behind it. */
  readonly values: SliceGroup<S>;
  /** The symbolic form of its slice, as the platform's chart sees it. */
  readonly own: References<Static<S> & { readonly enabled: boolean }>;
  readonly ends: readonly End[];
  readonly rules: readonly PartRule[];
  readonly helpers: readonly Helper[];
  readonly notes: readonly Line[];
  readonly variants: Variants;
}

/** The slices of all parts, by key. */
export type Slices<P extends readonly PlatformPart[]> = {
  readonly [Q in P[number] as Q['name']]: Q['values'];
};

/** Checks what a part says of itself, and keeps it as types. */
export function definePart<const N extends string, G extends Groups, D extends SliceDefaults<G>>(
  part: PartRecord<N, G, D>,
): PlatformPart<N, ReturnType<typeof slice<G, D>>['schema']> {
  const { name, helpers = [], variants } = part;
  const values = slice(part.chart, part.defaults);
  const all = chartValues<Record<string, D>>(chartFacts.name, closed({ [name]: values.schema }));
  // The schema above has this key and no other.
  const own = all[name] as References<D>;
  return {
    name,
    values,
    own: own as PlatformPart<N, typeof values.schema>['own'],
    ends: part.ends?.(own) ?? [],
    rules: part.rules?.(own) ?? [],
    helpers,
    notes: part.notes?.(own) ?? [],
    variants,
  };
}

/** The slices of parts, by key. */
export function slicesOf<P extends readonly PlatformPart[]>(list: P): Slices<P> {
  // A key for each part, with its own slice.
  return Object.fromEntries(list.map((part) => [part.name, part.values])) as Slices<P>;
}
