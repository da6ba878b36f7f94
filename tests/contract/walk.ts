/** Walks documents and schemas side by side, and makes changed copies of documents. */

/** Keys and indices from the root. */
export type Path = readonly (string | number)[];

/** A JSON object. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A place in a schema, with the root that its references start from. */
export interface Cursor {
  readonly root: Mapping;
  readonly node: Mapping;
}

/** The root of a schema as a place. */
export function cursorOf(schema: object): Cursor {
  const root: Mapping = { ...schema };
  return { root, node: root };
}

/** The schema of one member or item, references followed; undefined where the schema says nothing of it. */
export function descend({ root, node }: Cursor, key: string | number): Cursor | undefined {
  const declared = isMapping(node.properties) ? node.properties[String(key)] : undefined;
  const next = typeof key === 'number' ? node.items : (declared ?? node.additionalProperties);
  return isMapping(next) ? { root, node: dereferenced(root, next) } : undefined;
}

function dereferenced(root: Mapping, node: Mapping): Mapping {
  if (typeof node.$ref !== 'string') return node;
  const target = node.$ref.slice('#/'.length).split('/').reduce<unknown>(memberOf, root);
  if (!isMapping(target)) throw new Error(`${node.$ref} leads nowhere`);
  return target;
}

function memberOf(value: unknown, key: string): unknown {
  return isMapping(value) ? value[key] : undefined;
}

/** All places of a schema that a document can reach. */
export function reachable(cursor: Cursor, seen = new Set<Mapping>()): Set<Mapping> {
  if (seen.has(cursor.node)) return seen;
  seen.add(cursor.node);
  const { properties, items, additionalProperties } = cursor.node;
  const next = [...Object.values(isMapping(properties) ? properties : {}), items, additionalProperties];
  for (const inner of next.filter(isMapping)) {
    reachable({ root: cursor.root, node: dereferenced(cursor.root, inner) }, seen);
  }
  return seen;
}

/** One value of a document with its place, and what each schema says of it. */
export interface Place {
  readonly path: Path;
  readonly value: unknown;
  readonly cursors: readonly Cursor[];
}

/** Every value of a document, the document itself first. */
export function placesOf(value: unknown, cursors: readonly Cursor[] = [], path: Path = []): Place[] {
  const members: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : Object.entries(isMapping(value) ? value : {});
  const inner = members.flatMap(([key, member]) => {
    const next = cursors.map((cursor) => descend(cursor, key)).filter((cursor) => cursor !== undefined);
    return placesOf(member, next, [...path, key]);
  });
  return [{ path, value, cursors }, ...inner];
}

/** A copy with the value at a place replaced; undefined removes it. */
export function withValue(document: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(document)) {
    const items: unknown[] = document.map((item: unknown, index) =>
      index === key ? withValue(item, rest, value) : item,
    );
    return items.filter((item) => item !== undefined);
  }
  const mapping = isMapping(document) ? document : {};
  const members = Object.entries(mapping).filter(([name]) => name !== key);
  const next = withValue(Object.hasOwn(mapping, key) ? mapping[key] : undefined, rest, value);
  return Object.fromEntries(next === undefined ? members : [...members, [key, next]]);
}
