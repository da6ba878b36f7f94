import { Literal } from './expressions/literal';
import { and, Comparison, nonEmpty, or } from './expressions/logic';
import { HelperCall } from './helper';
import { Reference } from './references';
import { SomeRound } from './some-round';
import { Alternative, Each, isNodeMap, Keyed, Spread, When, type Node } from './structure';
import { comparable, expressionOf, valueOf, type Condition } from './value';

/**
 * When a node is there at all. A map or a list that is made of conditional parts alone is left out, with its
 * key, when none of them holds: nobody wants `tolerations: []`.
 */
export function presence(node: Node): Condition | 'always' {
  if (node instanceof When) {
    const inner = presence(node.body);
    return inner === 'always' ? node.condition : and(node.condition, inner);
  }
  if (node instanceof Spread) return isNeverEmpty(node) ? 'always' : nonEmpty(node.value as never);
  if (node instanceof Keyed) return presence(node.value);
  if (node instanceof Each) {
    const inRound = presence(node.body);
    return inRound === 'always'
      ? nonEmpty(node.collection as never)
      : valueOf(new SomeRound(node, expressionOf(inRound)));
  }
  if (node instanceof Alternative) {
    const ours = presence(node.otherwise);
    return ours === 'always' ? 'always' : or(nonEmpty(node.value as never), ours);
  }
  const children = childrenOf(node);
  if (children.length === 0) return 'always';
  const conditions = children.map(presence);
  return conditions.includes('always') || coversAll(conditions as Condition[])
    ? 'always'
    : or(...distinct(conditions as Condition[]));
}

/** The nodes directly below a map or a list. */
export function childrenOf(node: Node): readonly Node[] {
  if (Array.isArray(node)) return node as readonly Node[];
  return isNodeMap(node) ? Object.values(node) : [];
}

function distinct(conditions: readonly Condition[]): Condition[] {
  return [...new Map(conditions.map((condition) => [comparable(condition), condition])).values()];
}

/** A helper that yields a map yields some entries, unless it says otherwise. */
export function isNeverEmpty(node: Spread<unknown>): boolean {
  const expression = expressionOf(node.value);
  return (
    expression instanceof HelperCall &&
    expression.helper.yields === 'map' &&
    expression.helper.mayBeEmpty !== true
  );
}

/** Whether the conditions compare some value to all words that it can be. */
function coversAll(conditions: readonly Condition[]): boolean {
  const cases = conditions.map(wordCase);
  return cases.some((one) =>
    one?.reference.words?.every((word) =>
      cases.some((other) => other?.reference === one.reference && other.word === word),
    ),
  );
}

/** `eq <enumeration> "word"`, taken apart. */
export function wordCase(
  condition: Condition,
): { readonly reference: Reference; readonly word: string } | undefined {
  const expression = expressionOf(condition);
  if (!(expression instanceof Comparison) || expression.comparator !== 'eq') return undefined;
  const { left, right } = expression;
  return left instanceof Reference && right instanceof Literal
    ? { reference: left, word: String(right.value) }
    : undefined;
}
