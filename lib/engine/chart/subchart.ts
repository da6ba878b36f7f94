import { Type, type TObject, type TSchema } from '@sinclair/typebox';
import { isJsonObject, resolved, type EvaluationScope, type Json, type JsonObject } from '../template';
import { isEnabled, sliceOf, type Dependency } from '../values/dependencies';
import { type Group, type GroupValues, type Groups } from '../values/group';
import { membersOf } from '../values/schema-at';
import { flag } from '../values/shapes';
import type { Description } from './description';

/** A chart inside of another one: in its folder `charts`, with a slice of its values under the chart's name. */
export interface Subchart extends Omit<Dependency, 'catalogue'> {
  readonly description: Description;
}

/** The slice of a chart inside, among the values of the outer one. */
export interface SliceGroup<S extends TSchema = TSchema> extends Group<S> {
  readonly subchart: Subchart;
}

/** A description that still knows the groups of its values. */
export type DescriptionOf<G extends Groups> = Description & { readonly groups: G };

type DeepPartial<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
    : T;

/**
 * What the outer chart says of a slice: whether the chart is there, and other defaults than its own. Without `enabled`, tags
 * decide until somebody gives it.
 */
export type SliceDefaults<G extends Groups> = { readonly enabled?: boolean } & DeepPartial<GroupValues<G>>;

/** Of the values of a chart inside, those that some defaults name: of the type that its schema gives them. */
type Named<T, D> = unknown extends T
  ? D
  : D extends readonly unknown[]
    ? T
    : D extends object
      ? { readonly [K in keyof D]: K extends keyof T ? Named<NonNullable<T[K]>, D[K]> : D[K] }
      : T;

/** What the outer chart knows of a slice. */
type SliceValues<G extends Groups, D> = Named<GroupValues<G> & { readonly enabled: boolean }, D>;

/**
 * The group of values under which a chart is inside of another one. The outer chart may look at what it says itself,
 * and at nothing else: the rest is there only while the inner chart is. `tags` switch it where `enabled` is not given.
 */
export function slice<G extends Groups, D extends SliceDefaults<G>>(
  description: DescriptionOf<G>,
  defaults: D,
  tags: readonly string[] = [],
): SliceGroup<ReturnType<typeof Type.Unsafe<SliceValues<G, D>>>> {
  const { name } = description.facts;
  refuseDefaults(description, defaults, tags);
  const schema = {
    // Plain data, which its type says more of.
    ...partOf(description.catalogue.schema, defaults as unknown as JsonObject),
    description: `Values of the chart inside, charts/${name}: its README lists them`,
  };
  return {
    schema: Type.Unsafe<SliceValues<G, D>>(schema),
    // The type of the schema is that of the defaults.
    defaults: defaults as never,
    subchart: { description, condition: `${name}.enabled`, tags },
  };
}

/** Helm would not do what they say. */
function refuseDefaults(
  { facts: { name }, subcharts }: Description,
  { enabled }: { readonly enabled?: boolean },
  tags: readonly string[],
): void {
  if (enabled === undefined && tags.length === 0)
    throw new Error(
      `the slice ${name} needs enabled among its defaults, or tags: nothing else switches the chart`,
    );
  const tagged = subcharts.find((subchart) => subchart.tags.length > 0);
  if (tagged !== undefined)
    throw new Error(
      `${tagged.description.facts.name} inside of ${name} has tags, and ${name} gets an outer chart: Helm reads the tags of the outermost one alone, so give it enabled in place of tags`,
    );
}

/** The members of a schema that stand in some defaults, each of them needed; others are left to the inner chart. */
function partOf(schema: TSchema, defaults: Json): TSchema {
  const whole = resolved(schema);
  if (!isJsonObject(defaults) || whole['properties'] === undefined) return schema;
  const members = membersOf(whole);
  const properties = Object.entries(defaults).map(([key, value]): [string, TSchema] => {
    const member = members[key];
    if (member === undefined)
      throw new Error(`the chart inside has no value ${key}; known: ${Object.keys(members).join(', ')}`);
    // What the inner chart can do without, the outer one looks at: Helm drops a whole slice that is null.
    return [key, Type.Optional(partOf(member, value), false)];
  });
  return Type.Object(Object.fromEntries(properties), { additionalProperties: true });
}

/** The schema of a chart with what Helm, and a chart around it, add to its values. */
export function withOuter(schema: TObject, tags: readonly string[]): TObject {
  const outer = {
    enabled: Type.Optional(flag('Read by a chart around this one, which switches it')),
    global: Type.Optional(
      Type.Object(
        {},
        { additionalProperties: true, description: 'Shared with the charts around: Helm adds it' },
      ),
    ),
    ...(tags.length === 0
      ? {}
      : {
          tags: Type.Optional(
            Type.Partial(
              Type.Object(Object.fromEntries(tags.map((tag) => [tag, flag('Switches charts inside')]))),
              {
                additionalProperties: false,
                description: 'Switch several charts inside at once',
              },
            ),
          ),
        }),
  };
  return Type.Object({ ...outer, ...schema.properties }, { additionalProperties: false });
}

/** The charts inside, as the catalogue of the outer one has them. */
export function dependenciesOf(subcharts: readonly Subchart[]): Dependency[] {
  return subcharts.map(({ description, ...rest }) => ({ catalogue: description.catalogue, ...rest }));
}

/** The charts inside that are there for a release, each with what its expressions look at. */
export function insideOf(subcharts: readonly Subchart[], scope: EvaluationScope): Inside[] {
  return subcharts
    .filter((subchart) => isEnabled(subchart, scope.values))
    .map(({ description }) => ({ description, scope: scopeInside(description, scope) }));
}

/** A chart inside, with what its expressions look at. */
export interface Inside {
  readonly description: Description;
  readonly scope: EvaluationScope;
}

/** What the expressions of a chart inside look at. */
export function scopeInside({ catalogue, facts }: Description, scope: EvaluationScope): EvaluationScope {
  return { ...scope, values: sliceOf({ catalogue }, scope.values), chart: facts, variables: {} };
}
