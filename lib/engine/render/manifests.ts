import type { Description } from '../chart/description';
import type { DescribedObject } from '../chart/objects';
import { insideOf } from '../chart/subchart';
import {
  evaluate,
  expressionOf,
  isJsonObject,
  RefusedKey,
  iterations,
  type ChartFacts,
  type Condition,
  type EvaluationScope,
  type JsonObject,
  type Release,
} from '../template';

/** One object as the API server gets it. */
export interface RenderedObject {
  /** `<folder>/<file>`: the template that the chart makes it from; of a chart inside, below its name. */
  readonly template: string;
  readonly object: JsonObject;
}

/** What expressions look at for a release; `values` are coalesced with the chart's defaults. */
export function evaluationScope(chart: ChartFacts, values: JsonObject, release: Release): EvaluationScope {
  return { values, release, chart, variables: {} };
}

/** All objects of one release. The values have been validated: see `schemaProblems` and `brokenRules`. */
export function renderObjects(description: Description, scope: EvaluationScope): RenderedObject[] {
  const ours = description.objects.flatMap((object) => rendered(object, scope));
  const inside = insideOf(description.subcharts, scope).flatMap(({ description: inner, scope: its }) =>
    renderObjects(inner, its).map(({ template, object }) => ({
      template: `${inner.facts.name}/${template}`,
      object,
    })),
  );
  return [...ours, ...inside, ...extraObjects(description, scope)];
}

function rendered(described: DescribedObject, scope: EvaluationScope): RenderedObject[] {
  if (!holds(described.condition, scope)) return [];
  const template = `${described.folder}/${described.file}`;
  if (described.loops.length === 0) return [{ template, object: evaluated(described, scope) }];
  return rounds(described.loops, scope).map((round) => {
    const object = evaluated(described, round);
    return { template: `${template}-${nameOf(object)}`, object };
  });
}

/** The scopes of all rounds in which there is an object. */
function rounds([loop, ...inner]: DescribedObject['loops'], scope: EvaluationScope): EvaluationScope[] {
  if (loop === undefined) return [scope];
  return iterations(loop.each, scope)
    .filter((round) => holds(loop.condition, round))
    .flatMap((round) => rounds(inner, round));
}

function holds(condition: Condition | undefined, scope: EvaluationScope): boolean {
  return condition === undefined || expressionOf(condition).evaluate(scope) === true;
}

/** Objects of one loop have one kind: their names tell them apart. */
function nameOf({ metadata }: JsonObject): string {
  const name = isJsonObject(metadata) ? metadata['name'] : undefined;
  return typeof name === 'string' ? name : '';
}

function evaluated({ tree, folder, file }: DescribedObject, scope: EvaluationScope): JsonObject {
  const object = within(`${folder}/${file}`, () => evaluate(tree, scope));
  if (!isJsonObject(object)) throw new Error(`${folder}/${file} is no object`);
  return object;
}

/** Says of a key that is refused where it stands. */
function within<T>(template: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof RefusedKey ? error.below(template) : error;
  }
}

/** The operator's own objects, as they are. */
function extraObjects({ extraObjects: list }: Description, scope: EvaluationScope): RenderedObject[] {
  const extra = list === undefined ? undefined : expressionOf(list).evaluate(scope);
  return Array.isArray(extra)
    ? extra.filter(isJsonObject).map((object, i) => ({ template: `extra-objects/${i}`, object }))
    : [];
}
