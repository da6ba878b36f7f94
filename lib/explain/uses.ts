import { type Arguments, When } from '../engine';
import {
  Alternative,
  type DescribedObject,
  Each,
  Expression,
  Keyed,
  type Node,
  Not,
  Reference,
  Spread,
  childrenOf,
  expressionOf,
  isMarker,
  isNodeMap,
  isValue,
} from '../engine/renderers';

/** Where an object looks at a value. */
export interface Use {
  /** The path of the value; a whole map or list stands for everything below it. */
  readonly path: readonly string[];
  /** The field that it sets; undefined where it decides whether the object is there at all. */
  readonly field: string | undefined;
}

/** The paths of what variables stand for. */
type Variables = ReadonlyMap<string, readonly string[]>;

/** What is known where a node stands: the variables of loops and of a named template, and its arguments. */
interface Known {
  readonly variables: Variables;
  readonly given: Arguments;
}

/** All values that an object looks at, each with the fields that it sets. */
export function usesOf(object: DescribedObject): Use[] {
  const known = object.loops.reduce(insideLoop, knownWith({}));
  const deciding = decidingIn(object).flatMap((expression) =>
    pathsIn(expression, known.variables).map((path): Use => ({ path, field: undefined })),
  );
  const named = object.named.flatMap(({ body, uses }) =>
    uses.flatMap(({ path, given }) => usesIn(body, path.join('.'), knownWith(given))),
  );
  return distinct([...deciding, ...usesIn(object.tree, '', known), ...named]);
}

/** What decides whether the object is there, and how often. */
export function decidingIn({ condition, loops }: DescribedObject): Expression[] {
  const asked = [condition, ...loops.flatMap((loop) => [loop.each.collection, loop.condition])];
  return asked.filter((value) => value !== undefined).map(expressionOf);
}

function knownWith(given: Arguments): Known {
  const variables = Object.entries(given).flatMap(([name, value]) => {
    const [path] = isValue(value) ? pathsIn(expressionOf(value)) : [];
    return path === undefined ? [] : [[`$${name}`, path] as const];
  });
  return { variables: new Map(variables), given };
}

function usesIn(node: Node, field: string, known: Known): Use[] {
  if (node instanceof Expression) return sets(field, node, known);
  if (node instanceof When) return usesUnder(node, field, known);
  if (node instanceof Alternative)
    return [
      ...sets(field, expressionOf(node.value), known),
      ...(isGivenWhole(node, known) ? [] : usesIn(node.otherwise, field, known)),
    ];
  if (node instanceof Spread) return sets(field, expressionOf(node.value), known);
  if (node instanceof Each) return usesInLoop(node, field, known);
  if (node instanceof Keyed) return [...sets(field, node.key, known), ...usesIn(node.value, field, known)];
  if (isNodeMap(node))
    return Object.entries(node).flatMap(([key, member]) =>
      usesIn(member, isMarker(key) ? field : joined(field, key), known),
    );
  return childrenOf(node).flatMap((item, i) => usesIn(item, itemField(field, item, i), known));
}

/** A part that a flag of a named template leaves out looks at nothing there. */
function usesUnder(node: When<Node>, field: string, known: Known): Use[] {
  const condition = expressionOf(node.condition);
  const negated = condition instanceof Not;
  if (constantOf(negated ? condition.condition : condition, known) === negated) return [];
  return [...sets(field, condition, known), ...usesIn(node.body, field, known)];
}

/** Whether an argument takes the place of what would be there otherwise. */
function isGivenWhole({ value }: Alternative<Node>, known: Known): boolean {
  const whole = constantOf(expressionOf(value), known);
  return typeof whole === 'object' && Object.keys(whole).length > 0;
}

/** What a parameter stands for, if that is no value of the release. */
function constantOf(expression: Expression, { given }: Known): Arguments[string] | undefined {
  if (!(expression instanceof Reference) || expression.path.length > 0) return undefined;
  const [, argument] = Object.entries(given).find(([name]) => `$${name}` === expression.origin) ?? [];
  return isValue(argument) ? undefined : argument;
}

function usesInLoop(node: Each<Node>, field: string, known: Known): Use[] {
  return [
    ...sets(field, expressionOf(node.collection), known),
    ...usesIn(node.body, field, insideLoop(known, { each: node })),
  ];
}

/** The variable of a loop stands for any entry of its collection. */
function insideLoop(known: Known, { each }: { readonly each: Each<unknown> }): Known {
  const [path] = pathsIn(expressionOf(each.collection), known.variables);
  const entry = each.variables.at(-1) ?? '';
  const variables =
    path === undefined ? known.variables : new Map([...known.variables, [entry, [...path, '*']] as const]);
  return { ...known, variables };
}

function sets(field: string, expression: Expression, { variables }: Known): Use[] {
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
