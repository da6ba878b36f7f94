import { and, nonEmpty, or } from './expressions/logic';
import { Each, isNodeMap, Spread, When, type Node } from './structure';
import { expressionOf, type Condition } from './value';

/**
 * When a node is there at all. A map or a list that is made of conditional parts alone is left out, with its
 * key, when none of them holds: nobody wants `tolerations: []`.
 */
export function presence(node: Node): Condition | 'always' {
  if (node instanceof When) {
    const inner = presence(node.body);
    return inner === 'always' ? node.condition : and(node.condition, inner);
  }
  if (node instanceof Spread) return nonEmpty(node.value as never);
  if (node instanceof Each) return nonEmpty(node.collection as never);
  const children = childrenOf(node);
  if (children.length === 0) return 'always';
  const conditions = children.map(presence);
  return conditions.includes('always') ? 'always' : or(...distinct(conditions as Condition[]));
}

/** The nodes directly below a map or a list. */
export function childrenOf(node: Node): readonly Node[] {
  if (Array.isArray(node)) return node as readonly Node[];
  return isNodeMap(node) ? Object.values(node) : [];
}

function distinct(conditions: readonly Condition[]): Condition[] {
  return [...new Map(conditions.map((condition) => [expressionOf(condition), condition])).values()];
}
