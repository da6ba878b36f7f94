import type { TSchema } from '@sinclair/typebox';
import type { App } from 'cdk8s';
import { chartValues, type ChartFacts, type JsonObject, type References } from '../template';
import { catalogueOf, type Catalogue } from '../values/catalogue';
import { defaultsOfGroups, schemaOf, type Group, type GroupValues, type Groups } from '../values/group';
import type { Moved } from '../values/moved';
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
  const catalogue = catalogueOf({
    chart: facts.name,
    schema,
    // Plain data, which the types of the groups say more of.
    defaults: defaultsOfGroups(values) as JsonObject,
    dependencies: dependenciesOf(subcharts),
    moved,
  });
  return {
    values: chartValues<GroupValues<G>>(facts.name, schema),
    catalogue,
    describe: (content) => described({ facts, metadata, catalogue, subcharts, groups: values }, content),
  };
}

/** Its objects are made when they are first asked for: whoever checks values alone does not wait for them. */
function described<G extends Groups>(
  of: Pick<DescriptionOf<G>, 'facts' | 'metadata' | 'catalogue' | 'subcharts' | 'groups'>,
  { objects, ...content }: ChartContent,
): DescriptionOf<G> {
  let made: readonly DescribedObject[] | undefined;
  const described = {
    helpers: [],
    notes: [],
    files: new Map<string, string>(),
    ...of,
    ...content,
    rules: [...movedRules(of.catalogue), ...(content.rules ?? [])],
  };
  return Object.defineProperty(
    described as typeof described & { objects: readonly DescribedObject[] },
    'objects',
    {
      enumerable: true,
      get: () => (made ??= describeObjects(objects)),
    },
  );
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
