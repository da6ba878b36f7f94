import type { Json, JsonObject } from './json';
import { isJsonObject, sortedKeys } from './json';
import { Alternative, Each, isNodeMap, Spread, When, type Node, type NodeMap } from './structure';
import { isMultiline } from './helper';
import { presence } from './presence';
import { Expression, expressionOf, type EvaluationScope } from './value';

/** The plain value of a node for one release; `undefined` where it is not there. */
export function evaluate(node: Node, scope: EvaluationScope): Json | undefined {
  if (node instanceof Expression) return evaluateExpression(node, scope);
  if (node instanceof When) return holds(node, scope) ? evaluate(node.body, scope) : undefined;
  if (node instanceof Alternative) return theirs(node, scope) ?? evaluate(node.otherwise, scope);
  if (node instanceof Each || node instanceof Spread) throw new Error('a loop belongs into a list or a map');
  if (typeof node !== 'object') return node;
  const value = isNodeMap(node) ? evaluateMap(node, scope) : evaluateList(node, scope);
  return isEmpty(value) && presence(node) !== 'always' ? undefined : value;
}

/** A text of several lines is printed as a literal block (`|`), which ends in a line break. */
function evaluateExpression(expression: Expression, scope: EvaluationScope): Json | undefined {
  const value = expression.evaluate(scope);
  return isMultiline(expression) && typeof value === 'string' ? `${value}\n` : value;
}

function holds(when: When<Node>, scope: EvaluationScope): boolean {
  return expressionOf(when.condition).evaluate(scope) === true;
}

/** The user's part, unless it is empty. */
function theirs(node: Alternative<Node>, scope: EvaluationScope): Json | undefined {
  const value = expressionOf(node.value).evaluate(scope);
  return isJsonObject(value) && Object.keys(value).length > 0 ? value : undefined;
}

function isEmpty(value: Json[] | JsonObject): boolean {
  return (Array.isArray(value) ? value : Object.keys(value)).length === 0;
}

function evaluateMap(map: NodeMap, scope: EvaluationScope): JsonObject {
  const result: JsonObject = {};
  for (const [key, node] of Object.entries(map)) {
    const entries =
      node instanceof Spread ? spreadEntries(node, scope) : [[key, evaluate(node, scope)] as const];
    for (const [name, value] of entries) if (value !== undefined) addOnce(result, name, value);
  }
  return result;
}

function spreadEntries(node: Spread<unknown>, scope: EvaluationScope): (readonly [string, Json])[] {
  const value = expressionOf(node.value).evaluate(scope);
  return isJsonObject(value) ? Object.entries(value) : [];
}

/** A template would print the key twice: YAML that is refused, or read in two ways. */
function addOnce(map: JsonObject, key: string, value: Json): void {
  if (Object.hasOwn(map, key)) throw new Error(`the key ${key} is given twice`);
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}

function evaluateList(list: readonly Node[], scope: EvaluationScope): Json[] {
  return list.flatMap((item) => evaluateItem(item, scope));
}

function evaluateItem(item: Node, scope: EvaluationScope): Json[] {
  if (item instanceof When) return holds(item, scope) ? evaluateItem(item.body, scope) : [];
  if (item instanceof Each) return iterations(item, scope).flatMap((inner) => evaluateItem(item.body, inner));
  if (item instanceof Spread) {
    const value = expressionOf(item.value).evaluate(scope);
    return Array.isArray(value) ? value : [];
  }
  const value = evaluate(item, scope);
  return value === undefined ? [] : [value];
}

/** The scopes of a loop's rounds: lists in their order, maps by key. */
export function iterations(each: Each<unknown>, scope: EvaluationScope): EvaluationScope[] {
  const collection = expressionOf(each.collection).evaluate(scope);
  const [first, second] = each.variables;
  const round = (variables: Record<string, Json | undefined>): EvaluationScope => ({
    ...scope,
    variables: { ...scope.variables, ...variables },
  });
  if (Array.isArray(collection)) return collection.map((entry) => round({ [first]: entry }));
  if (!isJsonObject(collection)) return [];
  return sortedKeys(collection).map((key) =>
    round(second === undefined ? { [first]: collection[key] } : { [first]: key, [second]: collection[key] }),
  );
}
