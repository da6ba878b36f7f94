import { isJsonObject, sortedKeys, type Json } from './json';
import type { Each } from './structure';
import { expressionOf, type EvaluationScope } from './value';

/** The scopes of a loop's rounds: lists in their order, maps by key. */
export function iterations(
  each: Pick<Each<unknown>, 'collection' | 'variables'>,
  scope: EvaluationScope,
): EvaluationScope[] {
  const collection = expressionOf(each.collection).evaluate(scope);
  const [first, second] = each.variables;
  const hidden = each.variables.find((variable) => variable in scope.variables);
  if (hidden !== undefined) throw new Error(`a loop inside of another one has a variable ${hidden} too`);
  const round = (key: Json, entry: Json | undefined): EvaluationScope => ({
    ...scope,
    variables: {
      ...scope.variables,
      ...(second === undefined ? { [first]: entry } : { [first]: key, [second]: entry }),
    },
  });
  if (Array.isArray(collection)) return collection.map((entry, index) => round(index, entry));
  return isJsonObject(collection) ? sortedKeys(collection).map((key) => round(key, collection[key])) : [];
}
