import type { Json, JsonObject } from '../../template/json';
import type { Location } from './problems';

/** A value which knows the place it came from. */
export type TreeNode = ScalarNode | ListNode | MapNode;

/** A string, number, boolean or null. */
export interface ScalarNode {
  kind: 'scalar';
  value: string | number | boolean | null;
  at: Location | undefined;
}

/** A list. */
export interface ListNode {
  kind: 'list';
  items: TreeNode[];
  at: Location | undefined;
}

/** A map; a `Map`, so that `__proto__` is a key like any other. */
export interface MapNode {
  kind: 'map';
  entries: Map<string, TreeNode>;
  at: Location | undefined;
}

/** A scalar node. */
export function scalar(value: ScalarNode['value'], at: Location | undefined): ScalarNode {
  return { kind: 'scalar', value, at };
}

/** A map node without entries. */
export function emptyMap(at: Location | undefined): MapNode {
  return { kind: 'map', entries: new Map(), at };
}

/** The plain value of a node, without places. */
export function toJson(node: TreeNode): Json {
  if (node.kind === 'map') return toJsonObject(node);
  return node.kind === 'list' ? node.items.map(toJson) : node.value;
}

/** The plain object of a map. `Object.fromEntries` defines its keys, so `__proto__` becomes an own key. */
export function toJsonObject(node: MapNode): JsonObject {
  return Object.fromEntries([...node.entries].map(([key, value]) => [key, toJson(value)]));
}

/** The place of the value at a path, or of the nearest ancestor which exists. */
export function locate(root: TreeNode, path: readonly (string | number)[]): Location | undefined {
  let node = root;
  for (const step of path) {
    const next = child(node, step);
    if (next === undefined) break;
    node = next;
  }
  return node.at;
}

function child(node: TreeNode, step: string | number): TreeNode | undefined {
  if (node.kind === 'map') return node.entries.get(String(step));
  return node.kind === 'list' ? node.items[Number(step)] : undefined;
}
