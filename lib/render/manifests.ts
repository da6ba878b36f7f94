import type { DescribedObject, Description } from '../charts';
import { evaluate, expressionOf, isJsonObject, type EvaluationScope, type JsonObject } from '../template';

/** One object as the API server gets it. */
export interface RenderedObject {
  /** `<folder>/<file>`: the template that the chart makes it from. */
  readonly template: string;
  readonly object: JsonObject;
}

/** All objects of one release. */
export function renderObjects(description: Description, scope: EvaluationScope): RenderedObject[] {
  return description.objects.filter((object) => isThere(object, scope)).map((object) => ({ template: `${object.folder}/${object.file}`, object: evaluated(object, scope) }));
}

function isThere({ condition }: DescribedObject, scope: EvaluationScope): boolean {
  return condition === undefined || expressionOf(condition).evaluate(scope) === true;
}

function evaluated({ tree, folder, file }: DescribedObject, scope: EvaluationScope): JsonObject {
  const object = evaluate(tree, scope);
  if (!isJsonObject(object)) throw new Error(`${folder}/${file} is no object`);
  return object;
}
