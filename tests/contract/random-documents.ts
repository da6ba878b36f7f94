/** Random documents: valid ones, drawn from a schema, with up to three random changes. */
import * as fc from 'fast-check';
import { ADAPTER_NAMES } from './application-schema';
import { descend, isMapping, placesOf, withValue } from './walk';
import type { Cursor, Mapping } from './walk';

/** A value that replaces one at a place (counted round all places); undefined removes it. */
interface Edit {
  readonly place: number;
  readonly value: unknown;
}

/** Documents of a schema with at most three values replaced or removed. */
export function randomDocument(schema: Cursor): fc.Arbitrary<unknown> {
  const edit = fc.record({
    place: fc.nat(),
    value: fc.option(fc.jsonValue({ maxDepth: 2 }), { nil: undefined }),
  });
  return fc
    .tuple(valid(schema), fc.array(edit, { maxLength: 3 }))
    .map(([document, edits]) => edits.reduce(edited, document));
}

function edited(document: unknown, { place, value }: Edit): unknown {
  const places = placesOf(document);
  const path = places[place % places.length]?.path ?? [];
  return path.length === 0 ? document : withValue(document, path, value);
}

/** Values that a schema accepts, over the whole of what its keywords let pass. */
function valid(cursor: Cursor): fc.Arbitrary<unknown> {
  const { type } = cursor.node;
  if (Array.isArray(type)) return fc.oneof(...type.map((each) => validOf(String(each), cursor)));
  return validOf(String(type), cursor);
}

function validOf(type: string, cursor: Cursor): fc.Arbitrary<unknown> {
  const { node } = cursor;
  const makers: Readonly<Record<string, () => fc.Arbitrary<unknown>>> = {
    null: () => fc.constant(null),
    boolean: () => fc.boolean(),
    string: () => textOf(node),
    integer: () => fc.integer({ min: numberOf(node.minimum, -9), max: numberOf(node.maximum, 1e6) }),
    number: () => fractionOf(node),
    array: () => fc.array(inner(cursor, 0), { maxLength: 3 }),
    object: () => (isMapping(node.properties) ? recordOf(cursor, node.properties) : mapOf(cursor)),
  };
  const make = makers[type];
  if (make === undefined) throw new Error(`no values for the type ${type}`);
  return make();
}

function inner(cursor: Cursor, key: string | number): fc.Arbitrary<unknown> {
  const next = descend(cursor, key);
  return next === undefined ? fc.jsonValue() : valid(next);
}

function recordOf(cursor: Cursor, properties: Mapping): fc.Arbitrary<unknown> {
  const members = Object.keys(properties).map((key) => [key, inner(cursor, key)] as const);
  const required: unknown[] = Array.isArray(cursor.node.required) ? cursor.node.required : [];
  return fc.record(Object.fromEntries(members), { requiredKeys: required.map(String) });
}

function mapOf(cursor: Cursor): fc.Arbitrary<unknown> {
  const minKeys = numberOf(cursor.node.minProperties, 0);
  return fc.dictionary(fc.string(), inner(cursor, 'any'), { minKeys, maxKeys: 4, noNullPrototype: true });
}

function textOf(node: Mapping): fc.Arbitrary<string> {
  const words: unknown[] = Array.isArray(node.enum) ? node.enum : [];
  if (words.length > 0) return fc.constantFrom(...words.map(String));
  if (node.format === 'adapter_name') return fc.constantFrom(...ADAPTER_NAMES);
  if (node.format === 'duration')
    return fc.tuple(fc.nat(), fc.constantFrom('s', 'm', 'h', 'd')).map((parts) => parts.join(''));
  return fc.string({ unit: 'grapheme' });
}

function fractionOf(node: Mapping): fc.Arbitrary<number> {
  const exclusive = typeof node.exclusiveMinimum === 'number';
  const min = numberOf(node.exclusiveMinimum ?? node.minimum, -1e6);
  return fc.double({ min, max: numberOf(node.maximum, 1e6), minExcluded: exclusive, noNaN: true });
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
