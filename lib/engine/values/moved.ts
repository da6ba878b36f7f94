import { isJsonObject, type Json, type JsonObject } from '../template/json';

/**
 * A value that stands elsewhere now. A strict schema would only say that it knows no such key, and say so before any
 * template does: the schema lets the old key through, and a rule refuses it with what to type instead.
 */
export interface Moved {
  /** Where it was. `*` stands for every entry of a map: `parts.*.old`. */
  readonly from: string;
  /** Where it is now. */
  readonly to: string;
  /** What to type instead, if it is more than the new path, and what else changes. */
  readonly sentence: string;
}

/** What is told after the old path. */
export function movedSentence({ to, sentence }: Moved): string {
  return `has moved to ${to.replaceAll('*', '<name>')}: ${sentence}`;
}

/** The value that was at a path, if it moved. */
export function movedAt(moved: readonly Moved[], path: readonly string[]): Moved | undefined {
  return moved.find(({ from }) => covers(from.split('.'), path));
}

/** Whether a path is one that a path with `*` stands for. */
function covers(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((step, i) => step === '*' || step === path[i]);
}

/**
 * Lets old keys into a printed schema, without a type. Whoever reads the schema as the list of what there is takes the one
 * of the catalogue, which has none of them; editors are told by `doNotSuggest`.
 */
export function letInMoved(schema: JsonObject, moved: readonly Moved[]): JsonObject {
  const holders = moved.map((one) => ({ one, maps: holdersOf(schema, one) }));
  for (const { one, maps } of holders) refuseOtherPlaces(schema, one, maps, moved);
  for (const { one, maps } of holders) for (const map of maps) letIn(map, one);
  return schema;
}

function letIn(map: JsonObject, one: Moved): void {
  const key = keyOf(one);
  const properties = mapOf(map['properties']);
  if (Object.hasOwn(properties, key))
    throw new Error(`${one.from} has moved, but is a value still: take it out of the schema`);
  map['properties'] = { ...properties, [key]: { description: movedSentence(one), doNotSuggest: true } };
}

/** The maps of the schema that had the key. */
function holdersOf(schema: JsonObject, one: Moved): JsonObject[] {
  const steps = one.from.split('.');
  if (steps.filter((step) => step === '*').length > 1 || steps.at(-1) === '*' || steps[0] === '*')
    throw new Error(`${one.from} has moved: name it with one * at most, which stands between two keys`);
  if (schemasAt(schema, one.to.split('.')).length === 0)
    throw new Error(`${one.from} has moved to ${one.to}, but there is no such value`);
  const maps = schemasAt(schema, steps.slice(0, -1)).filter((map) => map['type'] === 'object');
  if (maps.length === 0)
    throw new Error(`${one.from} has moved, but no map is left there: name the whole of what moved`);
  return maps;
}

/** A shape that several places share would let the key through at those that no rule looks at. */
function refuseOtherPlaces(
  schema: JsonObject,
  one: Moved,
  maps: readonly JsonObject[],
  moved: readonly Moved[],
): void {
  const known = moved.map(({ from }) => from.split('.'));
  for (const { path, shape } of placesIn(schema, schema, [])) {
    const old = [...path, keyOf(one)];
    if (maps.includes(shape) && !known.some((pattern) => covers(pattern, old)))
      throw new Error(
        `${one.from} has moved, but ${old.join('.')} has the same shape and would let the key through: name it too, or all with *`,
      );
  }
}

/** Every place of a schema with its shape; `*` stands for the entries of a map with free keys, `[]` for those of a list. */
function placesIn(
  schema: JsonObject,
  part: Json | undefined,
  path: readonly string[],
): { readonly path: readonly string[]; readonly shape: JsonObject }[] {
  if (!isJsonObject(part)) return [];
  const shape = shapeOf(schema, part);
  const below = [
    ...Object.entries(mapOf(shape['properties'])),
    ['*', shape['additionalProperties']] as const,
  ];
  const alternatives = Array.isArray(shape['anyOf']) ? shape['anyOf'] : [];
  return [
    { path, shape },
    ...below.flatMap(([key, member]) => placesIn(schema, member, [...path, key])),
    ...placesIn(schema, shape['items'], [...path, '[]']),
    ...alternatives.flatMap((alternative) => placesIn(schema, alternative, path)),
  ];
}

/** The schemas at a path, of which `*` makes several; what an open map says nothing of may be anything. */
function schemasAt(schema: JsonObject, steps: readonly string[]): JsonObject[] {
  return [
    ...new Set(
      steps.reduce<JsonObject[]>(
        (maps, step) => maps.flatMap((map) => entriesAt(map, step)).map((entry) => shapeOf(schema, entry)),
        [schema],
      ),
    ),
  ];
}

function entriesAt(map: JsonObject, step: string): JsonObject[] {
  const properties = mapOf(map['properties']);
  const others = map['additionalProperties'];
  const free = isJsonObject(others) ? [others] : others === true ? [{}] : [];
  if (step === '*') return [...Object.values(properties).filter(isJsonObject), ...free];
  return isJsonObject(properties[step]) ? [properties[step]] : free;
}

function shapeOf(schema: JsonObject, part: JsonObject): JsonObject {
  const reference = part['$ref'];
  if (typeof reference !== 'string') return part;
  return shapeOf(schema, mapOf(mapOf(schema['definitions'])[reference.replace('#/definitions/', '')]));
}

function keyOf({ from }: Moved): string {
  return from.split('.').at(-1) ?? from;
}

function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
