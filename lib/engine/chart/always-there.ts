import {
  Alternative,
  comparable,
  Each,
  Expression,
  expressionOf,
  HasRow,
  isLookup,
  isMarker,
  Keyed,
  Not,
  RowMember,
  Spread,
  valueOf,
  When,
  type Condition,
  type Node,
} from '../template';
import type { Description } from './description';
import type { DescribedObject } from './objects';

/** What is true at a place of an object. */
interface Known {
  /** The places in the values that are there for sure. */
  readonly there: ReadonlySet<string>;
  /** The variables of the loops around it, each with what its loop goes over. */
  readonly loops: Loops;
}

type Loops = ReadonlyMap<string, string>;

/**
 * Throws where a field may come to nothing: Helm would write null or 0 there, and manifests would have no such field. Of
 * a row of a table, a rule may see to it that it is there.
 */
export function assertAlwaysThere(objects: readonly DescribedObject[], rules: Description['rules']): void {
  const known: Known = { there: new Set(rules.flatMap(rowsOfRule)), loops: new Map() };
  for (const { folder, file, condition, loops, named, tree } of objects) {
    const inside = loops.reduce(
      (around, { each, condition: ofRound }) => where(ofRound, inLoop(each, around)),
      where(condition, known),
    );
    assertIn(tree, inside, `${folder}/${file}`);
    for (const { name, body } of named) assertIn(body, known, name);
  }
}

/** The rows without which a rule is broken. */
function rowsOfRule(rule: Description['rules'][number]): string[] {
  if (!('rules' in rule)) return rowsAskedFor(expressionOf(rule.broken));
  const { loops } = inLoop(rule, { there: new Set(), loops: new Map() });
  return rule.rules
    .flatMap(({ broken }) => rowsAskedFor(expressionOf(broken)))
    .map((row) => named(row, loops));
}

function rowsAskedFor(expression: Expression): string[] {
  const { condition } = expression instanceof Not ? expression : { condition: undefined };
  const row = condition instanceof HasRow ? condition.assures() : [];
  return [...row, ...expression.parts().flatMap(rowsAskedFor)];
}

function where(condition: Condition | undefined, { there, loops }: Known): Known {
  const assured = condition === undefined ? [] : expressionOf(condition).assures();
  return { there: new Set([...there, ...assured.map((place) => named(place, loops))]), loops };
}

function inLoop(
  { variables, collection }: Pick<Each<unknown>, 'variables' | 'collection'>,
  { there, loops }: Known,
): Known {
  const over = named(comparable(collection), loops);
  const entry = variables.at(-1);
  const names = variables.map((name) => [name, name === entry ? `${over}[]` : `key of ${over}`] as const);
  return { there, loops: new Map([...loops, ...names]) };
}

/** A place with what loops go over instead of their variables, which are called otherwise elsewhere. */
function named(place: string, loops: Loops): string {
  return place.replaceAll(/\$\w+/g, (variable) => loops.get(variable) ?? variable);
}

function assertIn(node: Node, known: Known, path: string): void {
  if (node instanceof Expression) {
    assertThere(node, known, path);
    return;
  }
  if (node instanceof When) {
    assertIn(node.body, where(node.condition, known), path);
    return;
  }
  if (node instanceof Alternative) {
    assertIn(node.otherwise, known, path);
    return;
  }
  if (node instanceof Each) {
    assertIn(node.body, inLoop(node, known), path);
    return;
  }
  if (node instanceof Keyed) {
    assertThere(node.key, known, path);
    assertIn(node.value, known, path);
    return;
  }
  if (node instanceof Spread || typeof node !== 'object') return;
  for (const [key, member] of Object.entries(node as Readonly<Record<string, Node>>))
    assertIn(member, known, isMarker(key) ? path : `${path}: ${key}`.replace(/(: .*): /, '$1.'));
}

function assertThere(expression: Expression, { there, loops }: Known, path: string): void {
  for (const need of expression.needs()) {
    const row = need instanceof RowMember ? need.placeOfRow() : undefined;
    const places = [
      ...(isLookup(need) ? need.places().slice(0, 1) : []),
      ...(row === undefined ? [] : [row]),
    ];
    if (places.some((place) => there.has(named(place, loops)))) continue;
    const rule = row === undefined ? '' : ', or refuse by a rule, not(hasRow(…)), that there is no such row';
    throw new Error(
      `${path}: ${comparable(valueOf(need))} may not be there, and Helm would write null or 0 for it: put it inside of when(present(…), …), say with override what takes its place${rule}`,
    );
  }
}
