import type { Json, JsonObject } from './json';
import { isJsonObject } from './json';
import { iterations } from './iterations';
import { Reference } from './references';
import {
  Alternative,
  Each,
  isMarker,
  isNodeMap,
  Keyed,
  Spread,
  When,
  type Node,
  type NodeMap,
} from './structure';
import { isMultiline } from './helper';
import { presence } from './presence';
import { Expression, expressionOf, type EvaluationScope } from './value';
import { LONGEST_KEY, quotedLength } from './yaml-text';

/** The plain value of a node for one release; `undefined` where it is not there. */
export function evaluate(node: Node, scope: EvaluationScope): Json | undefined {
  if (node instanceof Expression) return evaluateExpression(node, scope);
  if (node instanceof When) return holds(node, scope) ? evaluate(node.body, scope) : undefined;
  if (node instanceof Alternative) return theirs(node, scope) ?? evaluate(node.otherwise, scope);
  if (node instanceof Each || node instanceof Spread || node instanceof Keyed)
    throw new Misplaced('a loop belongs into a list or a map', []);
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

/** A mistake in a tree, with the keys that lead there. */
class Misplaced extends Error {
  constructor(
    readonly mistake: string,
    readonly path: readonly string[],
  ) {
    super(path.length === 0 ? mistake : `${path.join('.')}: ${mistake}`);
  }
  below(key: string): Misplaced {
    return new Misplaced(this.mistake, [key, ...this.path]);
  }
}

/** A key of an object that its values make, and that no map can have. */
export class RefusedKey extends Misplaced {
  constructor(
    mistake: string,
    path: readonly string[],
    /** Where the values give it, as far as that is known. */
    readonly given: readonly string[],
  ) {
    super(mistake, path);
  }
  override below(key: string): RefusedKey {
    return new RefusedKey(this.mistake, [key, ...this.path], this.given);
  }
  from(given: readonly string[]): RefusedKey {
    return this.given.length > 0 ? this : new RefusedKey(this.mistake, this.path, given);
  }
}

function evaluateMap(map: NodeMap, scope: EvaluationScope): JsonObject {
  const result: JsonObject = {};
  for (const [key, node] of Object.entries(map)) {
    for (const [name, value] of entriesAt(key, node, scope))
      if (value !== undefined) addOnce(result, name, value, node);
  }
  return result;
}

function entriesAt(key: string, node: Node, scope: EvaluationScope): ReturnType<typeof entriesOf> {
  try {
    return entriesOf(key, node, scope);
  } catch (error) {
    if (!(error instanceof Misplaced)) throw error;
    // What stands for a loop is no key, and knows where the values of the loop are.
    if (!isMarker(key)) throw error.below(key);
    throw error instanceof RefusedKey ? error.from(placeOf(node, '')) : error;
  }
}

/** What stands behind a key of a map: an entry, or those that are spread there. */
function entriesOf(
  key: string,
  node: Node,
  scope: EvaluationScope,
): readonly (readonly [string, Json | undefined])[] {
  if (node instanceof Spread) return spreadEntries(node, scope);
  if (node instanceof When) return holds(node, scope) ? entriesOf(key, node.body, scope) : [];
  if (node instanceof Each)
    return iterations(node, scope).flatMap((round) => entriesOf(key, node.body, round));
  if (node instanceof Keyed) {
    const name = node.key.evaluate(scope);
    if (typeof name !== 'string') return [];
    if (!fitsKey(node.key, name))
      throw new RefusedKey(
        `the key ${name.slice(0, 20)}… is longer than a key of YAML may be, which is ${LONGEST_KEY} characters with its quotes: make it shorter`,
        [],
        [],
      );
    return entriesOf(name, node.value, scope);
  }
  return [[key, evaluate(node, scope)]];
}

function spreadEntries(node: Spread<unknown>, scope: EvaluationScope): (readonly [string, Json])[] {
  const value = expressionOf(node.value).evaluate(scope);
  return isJsonObject(value) ? Object.entries(value) : [];
}

/** A template would print the key twice: YAML that is refused, or read in two ways. */
function addOnce(map: JsonObject, key: string, value: Json, node: Node): void {
  if (Object.hasOwn(map, key)) throw new RefusedKey(`the key ${key} is given twice`, [], placeOf(node, key));
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}

/** The value that a key comes from, where it is known: an entry of what is spread, or what a loop goes over. */
function placeOf(node: Node, key: string): readonly string[] {
  if (node instanceof When) return placeOf(node.body, key);
  const source = node instanceof Spread ? node.value : node instanceof Each ? node.collection : undefined;
  const from = source === undefined ? undefined : expressionOf(source);
  if (!(from instanceof Reference) || from.origin !== 'Values') return [];
  return node instanceof Spread ? [...from.path, key] : from.path;
}

function evaluateList(list: readonly Node[], scope: EvaluationScope): Json[] {
  return list.flatMap((item) => evaluateItem(item, scope));
}

function evaluateItem(item: Node, scope: EvaluationScope): Json[] {
  if (item instanceof When) return holds(item, scope) ? evaluateItem(item.body, scope) : [];
  if (item instanceof Each)
    return iterations(item, scope).flatMap((inner) => evaluateRound(item.body, inner));
  if (item instanceof Spread) {
    const value = expressionOf(item.value).evaluate(scope);
    return Array.isArray(value) ? value : [];
  }
  const value = evaluate(item, scope);
  return value === undefined ? [] : [value];
}

/** A list is the several items of the round. */
function evaluateRound(body: Node, scope: EvaluationScope): Json[] {
  return Array.isArray(body) ? evaluateList(body as readonly Node[], scope) : evaluateItem(body, scope);
}

/** Whether a key is one as the template writes it: in quotes, but for a word. */
function fitsKey(key: Expression, name: string): boolean {
  return (key.type === 'word' ? name.length : quotedLength(name)) <= LONGEST_KEY;
}
