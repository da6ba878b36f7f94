import { Connective, not } from './expressions/logic';
import { presence } from './presence';
import { KINDS, PARTS } from './required-parts';
import { Alternative, Each, isNodeMap, Keyed, When, type Node, type NodeMap } from './structure';
import { comparable, expressionOf, valueOf, type Condition, type Expression } from './value';

/** A part that an object must have, and that may not be there. */
export interface Missing {
  readonly path: string;
  /** When it is there. */
  readonly condition: string;
}

/**
 * The first part of an object of the API that must be there, and is made of conditional parts alone: without them it
 * would be left out. Of kinds that the L1 types do not know, nothing is known.
 */
export function missingPart(object: Node, condition: Condition | undefined): Missing | undefined {
  if (!isNodeMap(object)) return undefined;
  const { apiVersion, kind } = object;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const type = KINDS[`${apiVersion}/${kind}`];
  const known = condition === undefined ? [] : factsOf(expressionOf(condition));
  return type === undefined ? undefined : missingIn(object, type, '', new Set(known));
}

function missingIn(node: Node, shape: string, path: string, known: ReadonlySet<string>): Missing | undefined {
  if (node instanceof When)
    return missingIn(node.body, shape, path, new Set([...known, ...factsOf(expressionOf(node.condition))]));
  if (node instanceof Alternative) return missingIn(node.otherwise, shape, path, known);
  if (node instanceof Each) return missingIn(node.body, shape, path, known);
  if (node instanceof Keyed) return missingIn(node.value, shape, path, known);
  const inner = /^(?:\[\]|\{\})(.*)$/.exec(shape)?.[1];
  if (Array.isArray(node))
    return inFirst(Object.entries(node as readonly Node[]), (item, i) =>
      missingIn(item, inner ?? shape, `${path}.${i}`, known),
    );
  if (!isNodeMap(node)) return undefined;
  if (inner !== undefined)
    return inFirst(Object.entries(node), (entry, key) => missingIn(entry, inner, `${path}.${key}`, known));
  return missingMember(node, PARTS[shape] ?? {}, path, known);
}

function missingMember(
  map: NodeMap,
  parts: Readonly<Record<string, string>>,
  path: string,
  known: ReadonlySet<string>,
): Missing | undefined {
  return inFirst(Object.entries(parts), (shape, key) => {
    const member = map[key];
    if (member === undefined) return undefined;
    const place = path === '' ? key : `${path}.${key}`;
    // What is deeper inside says more.
    const deeper = missingIn(member, shape.replace('!', ''), place, known);
    if (deeper !== undefined || !shape.startsWith('!')) return deeper;
    const when = presence(member);
    return when === 'always' || holds(expressionOf(when), known)
      ? undefined
      : { path: place, condition: comparable(when) };
  });
}

function inFirst<T>(
  entries: readonly (readonly [key: string, value: T])[],
  find: (value: T, key: string) => Missing | undefined,
): Missing | undefined {
  for (const [key, value] of entries) {
    const found = find(value, key);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What holds where a condition does. */
function factsOf(condition: Expression): string[] {
  const parts = condition instanceof Connective && condition.word === 'and' ? condition.conditions : [];
  return [condition, ...parts].map((part) => comparable(valueOf(part)));
}

/** Whether a condition holds where others do, or always. */
function holds(condition: Expression, known: ReadonlySet<string>): boolean {
  if (known.has(comparable(valueOf(condition)))) return true;
  if (!(condition instanceof Connective)) return false;
  const { word, conditions } = condition;
  if (word === 'and') return conditions.every((part) => holds(part, known));
  const parts = new Set(conditions.map((part) => comparable(valueOf(part))));
  return conditions.some((part) => holds(part, known) || parts.has(comparable(not(valueOf(part)))));
}
