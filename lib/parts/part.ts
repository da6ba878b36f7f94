import type { Static, TSchema } from '@sinclair/typebox';
import { Type } from '@sinclair/typebox';
import type { Construct } from 'constructs';
import { chartFacts } from '../charts/chart-facts';
import type { End } from '../charts/ends';
import {
  type Group,
  type Helper,
  type JsonObject,
  type Line,
  type References,
  type Rule,
  TemplateFolder,
  chartValues,
} from '../engine';
import { valuesKey } from '../platform/model';

/** What a part says of itself, once. What several parts give is gathered by lib/umbrella, which walks over their list. */
interface PartRecord<N extends string, S extends TSchema> {
  /** The folder of its templates; in camel case, the key of its values. */
  readonly name: N;
  /** Its slice of the values, with what the chart starts with. */
  readonly values: Group<S>;
  /** Makes its objects; `own` are its values. */
  describe(scope: Construct, own: References<Static<S>>): void;
  /** The peers that it answers while it is on, so that nobody has to say where they are. */
  ends?(own: References<Static<S>>): readonly End[];
  /** Relations between its values that its schema cannot say; paths are those of the whole chart. */
  rules?(own: References<Static<S>>): readonly PartRule[];
  /** Named templates of its own. */
  readonly helpers?: readonly Helper[];
  /** What an install tells of it at its end. */
  notes?(own: References<Static<S>>): readonly Line[];
  /** Values of the chart with which the proof, the unit tests and CI look at it. */
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
export interface PlatformPart<N extends string = string, S extends TSchema = TSchema> extends PartRecord<
  N,
  S
> {
  readonly key: ReturnType<typeof valuesKey<N>>;
  /** The symbolic form of its slice. */
  readonly own: References<Static<S>>;
}

/** The slices of all parts, by key. */
export type Slices<P extends readonly PlatformPart[]> = {
  readonly [Q in P[number] as Q['key']]: Q['values'];
};

/** Checks what a part says of itself, and keeps it as types. */
export function definePart<const N extends string, S extends TSchema>(
  part: PartRecord<N, S>,
): PlatformPart<N, S> {
  const key = valuesKey(part.name);
  const all = chartValues<Record<string, Static<S>>>(
    chartFacts.name,
    Type.Object({ [key]: part.values.schema }),
  );
  // The schema above has this key and no other.
  return { ...part, key, own: all[key] as References<Static<S>> };
}

/** The slices of parts, by key. */
export function slicesOf<P extends readonly PlatformPart[]>(list: P): Slices<P> {
  // A key for each part, with its own slice.
  return Object.fromEntries(list.map((part) => [part.key, part.values])) as Slices<P>;
}

/** The chart of a part: its objects, in a folder of its name. */
export class PartChart extends TemplateFolder {
  constructor(scope: Construct, part: PlatformPart) {
    super(scope, part.name);
    part.describe(this, part.own);
  }
}
