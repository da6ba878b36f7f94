import { fits, minus, sumOf, type Amounts } from './amounts';

/** Something that needs a place on a node. */
export interface Item {
  readonly requests: Amounts;
}

/** Items on nodes, and those that no node of this size can take. */
export interface Packing<T extends Item> {
  readonly nodes: readonly (readonly T[])[];
  readonly tooLarge: readonly T[];
}

/**
 * First-fit decreasing: the largest first, each onto the first node that has room. At worst it takes a few nodes more
 * than the best packing, which nobody can find in reasonable time.
 */
export function pack<T extends Item>(items: readonly T[], node: Amounts): Packing<T> {
  const sorted = items
    .filter(({ requests }) => fits(requests, node))
    .sort((a, b) => share(b, node) - share(a, node));
  const nodes: { room: Amounts; readonly items: T[] }[] = [];
  for (const item of sorted) {
    const place = nodes.find(({ room }) => fits(item.requests, room));
    if (place === undefined) nodes.push({ room: minus(node, item.requests), items: [item] });
    else {
      place.room = minus(place.room, item.requests);
      place.items.push(item);
    }
  }
  return {
    nodes: nodes.map((place) => place.items),
    tooLarge: items.filter(({ requests }) => !fits(requests, node)),
  };
}

/** How much of a node an item takes, of the resource that it takes most of. */
function share({ requests }: Item, node: Amounts): number {
  return Math.max(
    0,
    ...Object.entries(requests).map(([resource, amount]) =>
      amount === 0 ? 0 : amount / (node[resource] ?? 0),
    ),
  );
}

/** Fewer nodes than this cannot be enough, however the items are placed. */
export function atLeast(items: readonly Item[], node: Amounts): number {
  const total = sumOf(items.map(({ requests }) => requests));
  return Math.max(
    0,
    ...Object.entries(total).map(([resource, amount]) =>
      amount === 0 ? 0 : Math.ceil(amount / (node[resource] ?? 0)),
    ),
  );
}
