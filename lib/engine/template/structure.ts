import { COUNT } from './expressions/length';
import { entryOf, Reference, type References } from './references';
import { expressionOf, valueOf, type Condition, type Expression, type Value } from './value';

/** A field, a list item or a whole object that is there only if a condition holds. */
export class When<out T> {
  declare protected readonly body_: T;
  constructor(
    readonly condition: Condition,
    readonly body: T,
  ) {}
}

/** A part that belongs to the user where it is given, and is ours where it is not. */
export class Alternative<out T> {
  constructor(
    /** The user's, taken whole where it is not empty. */
    readonly value: Value<unknown>,
    readonly otherwise: T,
  ) {}
}

/**
 * What is made from each entry of a list or a map of values. Among the items of a list, a body that is a list is
 * several items.
 */
export class Each<out T> {
  constructor(
    readonly collection: Value<unknown>,
    /** The names of the loop's variables, with `$`: the key (of a map) or the index (of a list), and the entry. */
    readonly variables: readonly [entry: string] | readonly [key: string, entry: string],
    readonly body: T,
  ) {
    if (Array.isArray(body) && body.length === 0)
      throw new Error(`the loop of ${variables.join(', ')} makes nothing: its body is an empty list`);
  }

  /** The same loop around what cdk8s made of the body. */
  with(body: Node): Each<Node> {
    return new Each(this.collection, this.variables, body);
  }
}

/** An entry of a map whose key is symbolic too. */
export class Keyed<out T> {
  constructor(
    readonly key: Expression,
    readonly value: T,
  ) {}
}

/** The items of a list, or the entries of a map, that belong to the user. */
export class Spread<out T> {
  declare protected readonly item_: T;
  constructor(readonly value: Value<unknown>) {}
}

/** The body, if the condition holds. */
export function when<T>(condition: Condition, body: T): When<T> {
  return new When(condition, body);
}

/** All items of a list of values, in place. */
export function spread<T>(list: Value<readonly T[]> | Value<readonly T[] | undefined>): Spread<T> {
  return new Spread<T>(list);
}

/** The user's structure where it is not empty, otherwise ours. */
export function theirsOr<T>(theirs: Value<unknown>, ours: T): Alternative<T> {
  return new Alternative(theirs, ours);
}

let markers = 0;

/** All entries of a map of values: `{ ...spreadMap(labels), mine: 'x' }`. */
export function spreadMap<V>(
  map: Value<Readonly<Record<string, V>>> | Value<Readonly<Record<string, V>> | undefined>,
): Record<string, Value<V>> {
  // A marker key, since object spread knows keys only; `capture` finds the Spread behind it.
  return { [markerKey()]: new Spread<V>(map) as unknown as Value<V> };
}

/** Whether a key stands for what is spread in a map. */
export function isMarker(key: string): boolean {
  return key.startsWith('…');
}

/** A key that stands for what is spread in a map. */
export function markerKey(): string {
  // Keys are sorted as texts: all numbers have one length, or the order of two spreads in a map would change with how
  // many there were before.
  return `…${String(markers++).padStart(8, '0')}`;
}

/**
 * What the body makes of each entry of a list: an item, one under a condition, or a list of several. The template
 * calls the entry by the name; of two names, the second one is the index, from 0.
 */
export function eachOf<I, T>(
  list: References<readonly I[]>,
  name: string,
  body: (item: References<I>) => T,
): Each<T>;
export function eachOf<I, T>(
  list: References<readonly I[]>,
  names: readonly [item: string, index: string],
  body: (item: References<I>, index: Value<number>) => T,
): Each<T>;
export function eachOf<I, T>(
  list: References<readonly I[]>,
  names: string | readonly [item: string, index: string],
  body: (item: References<I>, index: Value<number>) => T,
): Each<T> {
  const [name, counter] = typeof names === 'string' ? [names] : names;
  const [item, index] = [`$${name}`, `$${counter ?? ''}`];
  const made = body(
    rebase(entryOf(list), item),
    valueOf(new Reference(index, [], 'integer', undefined, undefined, COUNT)),
  );
  return new Each(list, counter === undefined ? [item] : [index, item], made);
}

/** One item for each entry of a map, in the order of its keys. */
export function eachEntry<I, T>(
  map: References<Readonly<Record<string, I>>>,
  names: readonly [key: string, entry: string],
  body: (key: Value<string>, entry: References<I>) => T,
): Each<T> {
  const [key, entry] = [`$${names[0]}`, `$${names[1]}`];
  return new Each(
    map,
    [key, entry],
    body(valueOf(new Reference(key, [], 'string')), rebase(entryOf(map), entry)),
  );
}

/** The same shape, seen from a loop's variable. */
function rebase<T>(shape: References<T>, variable: string): References<T> {
  const depth = (expressionOf(shape) as Reference).path.length;
  const rebased = (value: Value<unknown>): Value<unknown> => {
    const reference = expressionOf(value) as Reference;
    return valueOf(reference.rebased(variable, depth), (key) =>
      rebased((value as unknown as Record<string, Value<unknown>>)[key] as Value<unknown>),
    );
  };
  return rebased(shape) as References<T>;
}

/** What a template is made of once cdk8s has done its part. */
export type Node =
  | string
  | number
  | boolean
  | Expression
  | When<Node>
  | Alternative<Node>
  | Each<Node>
  | Keyed<Node>
  | Spread<unknown>
  | readonly Node[]
  | NodeMap;
/** A map among the nodes. */
export interface NodeMap {
  readonly [key: string]: Node;
}

/** Whether a node is a map: none of the special ones, and no list. */
export function isNodeMap(node: Node): node is NodeMap {
  return typeof node === 'object' && !Array.isArray(node) && Object.getPrototypeOf(node) === Object.prototype;
}
