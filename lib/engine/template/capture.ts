import { ApiObject, App, Lazy, type IResolver, type ResolutionContext } from 'cdk8s';
import { assertPatchesBeside, assertPlainPatches } from './patches';
import { missingPart } from './required';
import { apart, hasSeveral, regrouped } from './several';
import { Alternative, Each, Keyed, Spread, When, type Node } from './structure';
import { expressionOf, isValue, type Condition } from './value';

/** How a place in an object was filled: the path is in the names of the L1 types. */
interface Hole {
  readonly path: readonly string[];
  /** Makes the node from what cdk8s left at the path. */
  readonly fill: (left: Node | undefined) => Node;
}

/**
 * Takes everything symbolic out of an object's properties before the L1 class maps them, and remembers where
 * it was. A hole is left as `undefined`, because an L1 class calls `.map` on lists, drops what it does not
 * know, and unwraps `Quantity`.
 *
 * Metadata is resolved by itself, with paths that begin inside of it: that of the object before the whole, that
 * of the pods of an L2 workload in the midst of it. What is symbolic there is a marker until the whole comes by.
 */
export class SymbolicValues implements IResolver {
  private readonly holes = new Map<ApiObject, Hole[]>();
  private readonly marked = new Map<string, unknown>();
  private isInWhole = false;
  /** How many producers of lazy values are at work: what is resolved meanwhile is a part that they ask for. */
  private producers = 0;
  /** The object that is being captured: whoever else asks for one would get it without what is symbolic. */
  private captured: ApiObject | undefined;
  /** What was thrown while it was resolved: cdk8s would tell it with the object's name, and that may be symbolic. */
  private fault: Error | undefined;

  resolve(context: ResolutionContext): void {
    if (context.key.length === 0 && this.producers === 0) this.isInWhole = isWhole(context.value);
    // cdk8s would do the same, but unseen.
    if (context.value instanceof Lazy) context.replaceValue(this.produced(context.value));
    else if (this.isInWhole && this.producers === 0) this.dig(context);
    else if (symbolic(context.value) !== undefined) this.mark(context);
  }

  private produced(lazy: Lazy): unknown {
    this.producers++;
    try {
      return lazy.produce() as unknown;
    } catch (fault) {
      if (fault instanceof Error) this.fault ??= fault;
      throw fault;
    } finally {
      this.producers--;
    }
  }

  private dig(context: ResolutionContext): void {
    const value: unknown = context.value;
    const found = symbolic(typeof value === 'string' ? this.marked.get(value) : value);
    if (found === undefined) return;
    this.assertCaptured(context, context.key);
    const holes = this.holes.get(context.obj) ?? [];
    holes.push({ path: context.key, fill: found.fill });
    this.holes.set(context.obj, holes);
    context.replaceValue(found.body);
  }

  private mark(context: ResolutionContext): void {
    this.assertCaptured(context, ['metadata', ...context.key]);
    const marker = `\u0000${this.marked.size}`;
    this.marked.set(marker, context.value);
    context.replaceValue(marker);
  }

  /** cdk8s itself would leave out what is symbolic, and what was spread beside it would be lost here. */
  private assertCaptured({ obj, value }: ResolutionContext, path: readonly string[]): void {
    if (obj !== this.captured) throw new Error(unwritable(obj, path));
    if (!isValue(value) || Object.keys(value).length === 0) return;
    const beside = Object.keys(value).join(', ');
    this.fault = new Error(
      `a symbolic map is spread in ${path.join('.')} beside ${beside}; write ...spreadMap(map)`,
    );
    throw this.fault;
  }

  private resolved(object: ApiObject): Node {
    try {
      return object.toJson() as Node;
    } catch (error) {
      if (this.fault === undefined) throw error;
      throw new Error(`${object.node.path}: ${this.fault.message}`, { cause: this.fault });
    } finally {
      this.captured = undefined;
    }
  }

  /** What keeps cdk8s from writing the objects of an app by itself: an error for each that has something symbolic. */
  unwritable(app: App): string[] {
    return app.node
      .findAll()
      .filter((construct) => ApiObject.isApiObject(construct))
      .flatMap((object) => {
        this.capture(object);
        const [hole] = this.holes.get(object) ?? [];
        return hole === undefined ? [] : [unwritable(object, hole.path)];
      });
  }

  /**
   * The object as it is printed and evaluated: API field names, with the symbolic parts back in place. The whole of it is
   * there only if the condition holds.
   */
  capture(object: ApiObject, condition?: Condition): Node {
    this.holes.delete(object);
    this.marked.clear();
    this.fault = undefined;
    this.captured = object;
    assertPlainPatches(object);
    const root = { root: this.resolved(object) };
    const holes = this.holes.get(object) ?? [];
    assertPatchesBeside(
      object,
      holes.map(({ path }) => path),
    );
    // Innermost first: what is wrapped later contains what was filled before.
    for (const hole of holes.toReversed()) fillAt(root, ['root', ...hole.path], hole.fill);
    const missing = missingPart(root.root, condition);
    if (missing !== undefined)
      throw new Error(
        `${object.node.path}: ${missing.path} must be there, and is made of conditional parts alone (${missing.condition}); give it one that is always there, or put the object under a condition`,
      );
    return root.root;
  }
}

function unwritable(object: ApiObject, path: readonly string[]): string {
  return `${object.node.path}: ${path.join('.')} is symbolic, and cdk8s has no values to fill it with; let describeObjects make the app, and print or evaluate what it gives`;
}

/** Makes the app whose objects may hold symbolic values. */
export function symbolicApp(outdir?: string): { app: App; symbolicValues: SymbolicValues } {
  const symbolicValues = new SymbolicValues();
  const app = new App({ ...(outdir === undefined ? {} : { outdir }), resolvers: [symbolicValues] });
  app.node.addValidation({ validate: () => symbolicValues.unwritable(app) });
  return { app, symbolicValues };
}

function isWhole(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'apiVersion' in value && 'kind' in value;
}

function symbolic(value: unknown): { fill: Hole['fill']; body: unknown } | undefined {
  if (isValue(value)) return { fill: () => expressionOf(value), body: undefined };
  if (value instanceof Spread) return { fill: () => value, body: undefined };
  if (value instanceof When)
    return { fill: (left) => new When(value.condition, left ?? {}), body: value.body as unknown };
  if (value instanceof Alternative)
    return { fill: (left) => new Alternative(value.value, left ?? {}), body: value.otherwise as unknown };
  if (hasSeveral(value)) return { fill: (left) => regrouped(left as readonly Node[]), body: apart(value) };
  if (value instanceof Each) return { fill: (left) => value.with(left ?? {}), body: value.body as unknown };
  if (value instanceof Keyed)
    return { fill: (left) => new Keyed(value.key, left ?? {}), body: value.value as unknown };
  return undefined;
}

type Holder = Record<string, Node>;

function fillAt(root: Holder, path: readonly string[], fill: Hole['fill']): void {
  const key = path.at(-1) ?? '';
  let holder = root;
  for (const step of path.slice(0, -1)) {
    const name = apiName(step, holder);
    holder[name] ??= {};
    // Only maps and lists lie on the way to a hole, and both are indexed by strings.
    holder = holder[name] as unknown as Holder;
  }
  const name = apiName(key, holder);
  holder[name] = fill(holder[name]);
}

/** Fields that an L1 type spells otherwise than the API; a test keeps it whole. */
export const API_NAMES: Readonly<Record<string, string>> = {
  clusterIp: 'clusterIP',
  downwardApi: 'downwardAPI',
  hostIp: 'hostIP',
  hostIpc: 'hostIPC',
  hostPid: 'hostPID',
  loadBalancerIp: 'loadBalancerIP',
  nonResourceUrLs: 'nonResourceURLs',
  setHostnameAsFqdn: 'setHostnameAsFQDN',
};

function apiName(l1Name: string, holder: Holder): string {
  return l1Name in holder ? l1Name : (API_NAMES[l1Name] ?? l1Name);
}
