import type { Description } from '../chart/description';
import type { DescribedObject } from '../chart/objects';
import { insideOf } from '../chart/subchart';
import {
  evaluate,
  expressionOf,
  isJsonObject,
  type ChartFacts,
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
  const ours = description.objects
    .filter((object) => isThere(object, scope))
    .map((object) => ({ template: `${object.folder}/${object.file}`, object: evaluated(object, scope) }));
  const inside = insideOf(description.subcharts, scope).flatMap(({ description: inner, scope: its }) =>
    renderObjects(inner, its).map(({ template, object }) => ({
      template: `${inner.facts.name}/${template}`,
      object,
    })),
  );
  return [...ours, ...inside, ...extraObjects(description, scope)];
}

function isThere({ condition }: DescribedObject, scope: EvaluationScope): boolean {
  return condition === undefined || expressionOf(condition).evaluate(scope) === true;
}

function evaluated({ tree, folder, file }: DescribedObject, scope: EvaluationScope): JsonObject {
  const object = evaluate(tree, scope);
  if (!isJsonObject(object)) throw new Error(`${folder}/${file} is no object`);
  return object;
}

/** The operator's own objects, as they are. */
function extraObjects({ extraObjects: list }: Description, scope: EvaluationScope): RenderedObject[] {
  const extra = list === undefined ? undefined : expressionOf(list).evaluate(scope);
  return Array.isArray(extra)
    ? extra.filter(isJsonObject).map((object, i) => ({ template: `extra-objects/${i}`, object }))
    : [];
}
