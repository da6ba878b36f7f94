import type { DescribedObject, Description } from '../../umbrella';
import {
  evaluate,
  expressionOf,
  isJsonObject,
  type EvaluationScope,
  type JsonObject,
  type Release,
} from '../template';
import { chartFacts } from '../../render/chart-facts';

/** One object as the API server gets it. */
export interface RenderedObject {
  /** `<folder>/<file>`: the template that the chart makes it from. */
  readonly template: string;
  readonly object: JsonObject;
}

/** What expressions look at for a release; `values` are coalesced with the chart's defaults. */
export function evaluationScope(values: JsonObject, release: Release): EvaluationScope {
  return { values, release, chart: chartFacts, variables: {} };
}

/** All objects of one release. The values have been validated: see `brokenRules`. */
export function renderObjects(description: Description, scope: EvaluationScope): RenderedObject[] {
  const ours = description.objects
    .filter((object) => isThere(object, scope))
    .map((object) => ({ template: `${object.folder}/${object.file}`, object: evaluated(object, scope) }));
  return [...ours, ...extraObjects(scope)];
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
function extraObjects({ values }: EvaluationScope): RenderedObject[] {
  const extra = values['extraObjects'];
  return Array.isArray(extra)
    ? extra.filter(isJsonObject).map((object, i) => ({ template: `extra-objects/${i}`, object }))
    : [];
}
