import fc from 'fast-check';
import type { Json } from '../../../lib/engine';
import { freeList, freeMap } from './free-form';
import { mapOf } from './maps';
import { membersOf, type JsonSchema } from './schema';
import { keyArbitrary, textArbitrary } from './texts';

const known = new Map<JsonSchema, fc.Arbitrary<Json>>();

/** Values that a schema accepts. */
export function valueArbitrary(schema: JsonSchema): fc.Arbitrary<Json> {
  const arbitrary = known.get(schema) ?? make(schema);
  known.set(schema, arbitrary);
  return arbitrary;
}

function make(schema: JsonSchema): fc.Arbitrary<Json> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(valueArbitrary));
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return integerArbitrary(schema);
    case 'number':
      return numberArbitrary(schema);
    case 'string':
      return textArbitrary(schema);
    case 'array':
      return listArbitrary(schema);
    case 'object':
      return mapArbitrary(schema);
    case undefined:
      return fc.oneof<fc.Arbitrary<Json>[]>(
        textArbitrary({}),
        fc.integer(),
        fc.boolean(),
        freeMap(),
        freeList(),
      );
    default:
      throw new Error(`no values for ${JSON.stringify(schema)}`);
  }
}

/** Integers with a fame: where printing changes its form, and where floating point ends. */
const FAMOUS = [
  0,
  1,
  2,
  3,
  5,
  10,
  80,
  443,
  999999,
  1000000,
  1000001,
  2097152,
  16777217,
  123456789,
  2147483647,
  2147483648,
  2 ** 53 - 1,
  2 ** 53,
];

function integerArbitrary({ minimum = -(2 ** 53), maximum = 2 ** 53 }: JsonSchema): fc.Arbitrary<number> {
  const edges = [minimum, minimum + 1, maximum - 1, maximum, ...FAMOUS].filter(
    (edge) => edge >= minimum && edge <= maximum,
  );
  const usual = fc.integer({ min: minimum, max: Math.min(maximum, minimum + 20) });
  return fc.oneof(
    usual,
    fc.constantFrom(...new Set(edges)),
    fc.maxSafeInteger().map((value) => minimum + (Math.abs(value) % (maximum - minimum + 1))),
  );
}

/** As the schema bounds them: no exponents, whose text differs between Go and JavaScript. */
function numberArbitrary({ minimum = -1000, maximum = 1000 }: JsonSchema): fc.Arbitrary<number> {
  const within = (value: number): boolean => value >= minimum && value <= maximum;
  const edges = [minimum, maximum, 0, 1, 0.1, 0.25, 0.3, 0.5, 1 / 3, 0.0001, 1.5, 60, 100].filter(within);
  const thousandths = fc
    .integer({ min: Math.ceil(minimum * 1000), max: Math.floor(maximum * 1000) })
    .map((value) => value / 1000);
  return fc.oneof(fc.constantFrom(...edges), thousandths);
}

function listArbitrary({ items, minItems = 0, maxItems = 4 }: JsonSchema): fc.Arbitrary<Json> {
  if (items === undefined || isFree(items)) return freeList();
  return fc.array(valueArbitrary(items), {
    minLength: minItems,
    maxLength: Math.max(minItems, Math.min(maxItems, 5)),
  });
}

function mapArbitrary(schema: JsonSchema): fc.Arbitrary<Json> {
  const members = membersOf(schema);
  if (members !== undefined) return recordArbitrary(schema, members);
  if (isFree(schema)) return freeMap();
  if (typeof schema.additionalProperties !== 'object') return fc.constant({});
  const value = valueArbitrary(schema.additionalProperties);
  return fc
    .array(fc.tuple(keyArbitrary(schema.propertyNames), value), { maxLength: 3 })
    .map((entries) => mapOf(entries));
}

function recordArbitrary(
  schema: JsonSchema,
  properties: NonNullable<JsonSchema['properties']>,
): fc.Arbitrary<Json> {
  const members = Object.fromEntries(
    Object.entries(properties).map(([key, member]) => [key, valueArbitrary(member)]),
  );
  return fc.record(members, { requiredKeys: [...(schema.required ?? [])] });
}

function isFree(schema: JsonSchema): boolean {
  return (
    schema.type === 'object' &&
    membersOf(schema) === undefined &&
    typeof schema.additionalProperties !== 'object' &&
    (schema.properties === undefined || schema.additionalProperties !== false)
  );
}
