import type { DescribedObject } from '../charts';
import {
  Alternative,
  childrenOf,
  Each,
  Expression,
  expressionOf,
  isNodeMap,
  Reference,
  Spread,
  When,
  type Node,
} from '../template';

/** Where an object looks at a value. */
export interface Use {
  /** The path of the value; a whole map or list stands for everything below it. */
  readonly path: readonly string[];
  /** The field that it sets; undefined where it decides whether the object is there at all. */
  readonly field: string | undefined;
}

/** The paths of what the variables of loops stand for. */
type Variables = ReadonlyMap<string, readonly string[]>;

/** All values that an object looks at, each with the fields that it sets. */
export function usesOf(object: DescribedObject): Use[] {
  const none: Variables = new Map();
  const deciding =
    object.condition === undefined
      ? []
      : pathsIn(expressionOf(object.condition), none).map((path): Use => ({ path, field: undefined }));
  const named = object.named.flatMap(({ body, uses }) =>
    uses.flatMap(({ path }) => usesIn(body, path.join('.'), none)),
  );
  return distinct([...deciding, ...usesIn(object.tree, '', none), ...named]);
}

function usesIn(node: Node, field: string, variables: Variables): Use[] {
  if (node instanceof Expression) return sets(field, node, variables);
  if (node instanceof When)
    return [...sets(field, expressionOf(node.condition), variables), ...usesIn(node.body, field, variables)];
  if (node instanceof Alternative)
    return [...sets(field, expressionOf(node.value), variables), ...usesIn(node.otherwise, field, variables)];
  if (node instanceof Spread) return sets(field, expressionOf(node.value), variables);
  if (node instanceof Each) return usesInLoop(node, field, variables);
  if (isNodeMap(node))
    return Object.entries(node).flatMap(([key, member]) =>
      usesIn(member, key.startsWith('…') ? field : joined(field, key), variables),
    );
  return childrenOf(node).flatMap((item, i) => usesIn(item, itemField(field, item, i), variables));
}

function usesInLoop(node: Each<Node>, field: string, variables: Variables): Use[] {
  const collection = expressionOf(node.collection);
  const [path] = pathsIn(collection, variables);
  const entry = node.variables.at(-1) ?? '';
  const inner = path === undefined ? variables : new Map([...variables, [entry, [...path, '*']]]);
  return [...sets(field, collection, variables), ...usesIn(node.body, field, inner)];
}

function sets(field: string, expression: Expression, variables: Variables): Use[] {
  return pathsIn(expression, variables).map((path) => ({ path, field }));
}

/** The values that an expression is made of, those that its helpers read among them. */
export function pathsIn(expression: Expression, variables: Variables = new Map()): (readonly string[])[] {
  if (!(expression instanceof Reference))
    return expression.parts().flatMap((part) => pathsIn(part, variables));
  if (expression.origin === 'Values') return [expression.path];
  const start = variables.get(expression.origin);
  return start === undefined ? [] : [[...start, ...expression.path]];
}

function joined(field: string, key: string): string {
  if (!/^[\w-]+$/.test(key)) return `${field}[${JSON.stringify(key)}]`;
  return field === '' ? key : `${field}.${key}`;
}

/** An item is called by its name where it has one: `containers[api]`. */
function itemField(field: string, item: Node, index: number): string {
  if (item instanceof When) return itemField(field, item.body, index);
  if (item instanceof Each || item instanceof Spread || item instanceof Alternative) return `${field}[]`;
  const name = isNodeMap(item) ? item['name'] : undefined;
  return `${field}[${typeof name === 'string' ? name : index}]`;
}

function distinct(uses: readonly Use[]): Use[] {
  return [
    ...new Map(
      uses.map((use) => [
        `${use.path.join('.')}=${use.field ?? ''}${use.field === undefined ? '!' : ''}`,
        use,
      ]),
    ).values(),
  ];
}

/** Whether a use looks at a value, or at something that holds it or that it holds. */
export function looksAt({ path }: Use, asked: readonly string[]): boolean {
  const length = Math.min(path.length, asked.length);
  return path.slice(0, length).every((step, i) => step === asked[i] || step === '*');
}
