import { App, type ApiObject, type IResolver, type ResolutionContext } from 'cdk8s';
import { apart, hasSeveral, regrouped } from './several';
import { Alternative, Each, Keyed, Spread, When, type Node } from './structure';
import { expressionOf, isValue } from './value';

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
 */
export class SymbolicValues implements IResolver {
  private readonly holes = new Map<ApiObject, Hole[]>();
  private prefix: readonly string[] = [];

  resolve(context: ResolutionContext): void {
    // cdk8s resolves the metadata alone first, with paths that begin inside of it, and then the whole.
    if (context.key.length === 0) this.prefix = isWhole(context.value) ? [] : ['metadata'];
    const found = symbolic(context.value);
    if (found === undefined) return;
    const path = [...this.prefix, ...context.key];
    const holes = this.holes.get(context.obj) ?? [];
    holes.push({ path, fill: found.fill });
    this.holes.set(context.obj, holes);
    context.replaceValue(found.body);
  }

  /** The object as it is printed and evaluated: API field names, with the symbolic parts back in place. */
  capture(object: ApiObject): Node {
    this.holes.delete(object);
    const root = { root: object.toJson() as Node };
    // Innermost first: what is wrapped later contains what was filled before.
    for (const hole of (this.holes.get(object) ?? []).toReversed())
      fillAt(root, ['root', ...hole.path], hole.fill);
    return root.root;
  }
}

/** Makes the app whose objects may hold symbolic values. */
export function symbolicApp(outdir?: string): { app: App; symbolicValues: SymbolicValues } {
  const symbolicValues = new SymbolicValues();
  return {
    app: new App({ ...(outdir === undefined ? {} : { outdir }), resolvers: [symbolicValues] }),
    symbolicValues,
  };
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
