import type { TSchema } from '@sinclair/typebox';
import type { App } from 'cdk8s';
import {
  chartValues,
  isJsonObject,
  type ChartFacts,
  type Json,
  type JsonObject,
  type References,
} from '../template';
import { catalogueOf, type Catalogue } from '../values/catalogue';
import { defaultsOfGroups, schemaOf, type Group, type GroupValues, type Groups } from '../values/group';
import type { Moved } from '../values/moved';
import { assertAlwaysThere } from './always-there';
import type { ChartMetadata, Description } from './description';
import { movedRules } from './moved';
import { describeObjects, type DescribedObject } from './objects';
import { dependenciesOf, withOuter, type DescriptionOf, type SliceGroup, type Subchart } from './subchart';

/** What a chart says of itself. */
export interface ChartRecord<G extends Groups> {
  /** What templates are told of it; the name is also the prefix of its named templates. */
  readonly facts: ChartFacts;
  readonly metadata: ChartMetadata;
  /** A schema with defaults for each key of its values; a slice of another chart among them is that chart inside of it. */
  readonly values: G;
  /** What stood elsewhere among its values. */
  readonly moved?: readonly Moved[];
}

/** What a chart consists of. */
export interface ChartContent extends Partial<
  Pick<Description, 'helpers' | 'rules' | 'notes' | 'files' | 'valuesFile' | 'extraObjects'>
> {
  /** Makes its objects, each in a folder of templates. */
  readonly objects: (app: App) => void;
}

/** A chart whose values are known, and that has no objects yet. */
export interface ChartOf<G extends Groups> {
  /** Its values as references: what its constructs are given. */
  readonly values: References<GroupValues<G>>;
  readonly catalogue: Catalogue;
  /** The whole: what the renderers take. */
  describe(content: ChartContent): DescriptionOf<G>;
}

/** Begins a chart: its values first, since all else is made with them. */
export function defineChart<G extends Groups>({
  facts,
  metadata,
  values,
  moved = [],
}: ChartRecord<G>): ChartOf<G> {
  const subcharts = subchartsIn(values, facts.name);
  const tags = [...new Set(subcharts.flatMap((subchart) => subchart.tags))];
  const schema = withOuter(schemaOf(values), tags);
  // Plain data, which the types of the groups say more of.
  const defaults = defaultsOfGroups(values) as JsonObject;
  refuseNulls(facts.name, defaults);
  refuseHomonyms(facts.name, values, subcharts);
  const catalogue = catalogueOf({
    chart: facts.name,
    schema,
    defaults,
    dependencies: dependenciesOf(subcharts),
    moved,
  });
  return {
    values: chartValues<GroupValues<G>>(facts.name, schema),
    catalogue,
    describe: (content) => describeChart({ facts, metadata, catalogue, subcharts, groups: values }, content),
  };
}

/**
 * The whole of a chart whose catalogue was made otherwise. Its objects are made when they are first asked for: whoever checks
 * values alone does not wait for them.
 */
export function describeChart<T extends Pick<Description, 'facts' | 'metadata' | 'catalogue' | 'subcharts'>>(
  of: T,
  { objects, ...content }: ChartContent,
): T & Description {
  let made: readonly DescribedObject[] | undefined;
  const rules = [...movedRules(of.catalogue), ...(content.rules ?? [])];
  const make = (): readonly DescribedObject[] => {
    const described = describeObjects(objects);
    assertAlwaysThere(described, rules);
    return described;
  };
  return {
    helpers: [],
    notes: [],
    files: new Map<string, string>(),
    ...of,
    ...content,
    rules,
    get objects() {
      return (made ??= make());
    },
  };
}

/** Helm 3 keeps them, Helm 4 takes them for absent, and in a slice one deletes what the chart inside says, and the other not. */
function refuseNulls(path: string, defaults: Json): void {
  if (defaults === null)
    throw new Error(`${path} is null by default, which Helm 3 and Helm 4 read differently: leave it out`);
  if (isJsonObject(defaults))
    for (const [key, member] of Object.entries(defaults)) refuseNulls(`${path}.${key}`, member);
}

/**
 * Helm puts the values of a chart inside beside those of the outer one when it asks for conditions further down: a value
 * that is no map would stand where it looks for a slice.
 */
function refuseHomonyms(chart: string, values: Groups, subcharts: readonly Subchart[]): void {
  const deeper = subcharts.flatMap(({ description }) => within(description.subcharts));
  const homonym = deeper.find((name) => name in values && !isSlice(values[name] as Group<TSchema>));
  if (homonym !== undefined)
    throw new Error(
      `${chart}.${homonym} has the name of a chart further inside, and Helm takes the one for the other: call the value otherwise`,
    );
}

/** The names of some charts, and of all that are inside of them. */
function within(subcharts: readonly Subchart[]): string[] {
  return subcharts.flatMap(({ description }) => [description.facts.name, ...within(description.subcharts)]);
}

function subchartsIn(values: Groups, chart: string): Subchart[] {
  return Object.entries(values).flatMap(([key, group]) => {
    if (!isSlice(group)) return [];
    const { name } = group.subchart.description.facts;
    if (name === key) return [group.subchart];
    throw new Error(`${chart}: the slice ${key} has the name of its chart, ${name}: Helm looks for it there`);
  });
}

function isSlice(group: Group<TSchema>): group is SliceGroup {
  return 'subchart' in group;
}
