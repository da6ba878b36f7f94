import { Each, When, type Node } from './structure';

/**
 * One of several items that a loop makes a round. An L1 class maps the items of a list one by one and knows nothing of
 * lists among them: meanwhile each of the items has a loop of its own, and `regrouped` makes one of them again.
 */
class Share<out T> extends Each<T> {
  constructor(
    loop: Each<unknown>,
    body: T,
    /** What the shares of one loop have in common, and no other loop has. */
    readonly origin: object,
  ) {
    super(loop.collection, loop.variables, body);
  }
  override with(body: Node): Share<readonly Node[]> {
    return new Share(this, [body], this.origin);
  }
}

/** Whether a list holds a loop that makes several items a round. */
export function hasSeveral(list: unknown): list is readonly unknown[] {
  return Array.isArray(list) && list.some(makesSeveral);
}

function makesSeveral(item: unknown): boolean {
  if (item instanceof When) return makesSeveral(item.body);
  return item instanceof Each && (Array.isArray(item.body) || makesSeveral(item.body));
}

/** The list in which each item of a round has a loop of its own. */
export function apart(list: readonly unknown[]): unknown[] {
  return list.flatMap(sharesOf);
}

function sharesOf(item: unknown): unknown[] {
  if (!makesSeveral(item)) return [item];
  if (item instanceof When) return sharesOf(item.body).map((body) => new When(item.condition, body));
  // `makesSeveral` of anything else is a loop.
  const loop = item as Each<unknown>;
  const bodies = Array.isArray(loop.body) ? apart(loop.body) : sharesOf(loop.body);
  return bodies.map((body) => new Share(loop, body, loop));
}

/** The list with the shares of one loop together again; their bodies are lists by now. */
export function regrouped(list: readonly Node[]): Node[] {
  const items: Node[] = [];
  for (const item of list) {
    const both = joined(items.at(-1), item);
    if (both === undefined) items.push(item);
    else items.splice(-1, 1, both);
  }
  return items;
}

function joined(one: Node | undefined, other: Node): Node | undefined {
  if (one instanceof When && other instanceof When && one.condition === other.condition) {
    const body = joined(one.body, other.body);
    return body === undefined ? undefined : new When(one.condition, body);
  }
  return one instanceof Share && other instanceof Share && one.origin === other.origin
    ? new Share(one, regrouped([...bodyOf(one), ...bodyOf(other)]), one.origin)
    : undefined;
}

function bodyOf(share: Share<unknown>): readonly Node[] {
  // `with` has made it a list.
  return share.body as readonly Node[];
}
