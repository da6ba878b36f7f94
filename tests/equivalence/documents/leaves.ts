import fc from 'fast-check';
import { gpuPools } from '../../../lib/platform/pools';
import { type Json, isJsonObject } from '../../../lib/engine';
import { defaultValues } from '../../../lib/umbrella';
import type { Entry } from './draft';
import { extraObjects } from './free-form';
import { leavesOf, schemaAt, type Leaf } from './schema';
import { valueArbitrary } from './values';

/** A single override, before it has a way. */
export type Override = Pick<Entry, 'path' | 'value'>;

/** All leaves of the values, in the order of the schema. */
export const leaves: readonly Leaf[] = leavesOf();

/** What some leaves have to be, besides what the schema says of them. */
const SPECIAL: readonly { readonly path: RegExp; readonly values: fc.Arbitrary<Json> }[] = [
  { path: /^extraObjects$/, values: extraObjects() },
  { path: /^services\.\w+\.gpu\.pool$/, values: fc.constantFrom(...gpuPools.map(({ name }) => name), '') },
];

/** An override of one leaf. */
export function overrideOf(leaf: Leaf): fc.Arbitrary<Override> {
  const name = leaf.path.join('.');
  const special = SPECIAL.find(({ path }) => path.test(name));
  return (special?.values ?? valueArbitrary(leaf.schema)).map((value) => ({ path: leaf.path, value }));
}

/** The keys that the chart's defaults have inside of free maps: to change one member, or to delete it. */
function defaultMembers(value: Json, path: readonly string[]): (readonly string[])[] {
  if (!isJsonObject(value)) return [];
  const free = schemaAt(path)?.properties === undefined;
  return Object.entries(value).flatMap(([key, member]) => [
    ...(free && schemaAt([...path, key]) ? [[...path, key]] : []),
    ...defaultMembers(member, [...path, key]),
  ]);
}

const members = defaultMembers(defaultValues() as unknown as Json, []);

/** An override of a member of a map that has defaults. */
export const memberOverride: fc.Arbitrary<Override> = fc.constantFrom(...members).chain((path) => {
  const schema = schemaAt(path);
  if (schema === undefined) throw new Error(`no schema at ${path.join('.')}`);
  return valueArbitrary(schema).map((value) => ({ path, value }));
});

/** Null deletes the default of a member of a map; where there is no default it stays, and is refused. */
export const deletion: fc.Arbitrary<Override> = fc
  .oneof(
    { weight: 6, arbitrary: fc.constantFrom(...members) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...leaves.filter(({ required }) => !required).map(({ path }) => path)),
    },
  )
  .map((path) => ({ path, value: null }));

/** What stands in a document, by path. */
export function entriesByPath(value: Json, path = ''): Record<string, Json> {
  if (!isJsonObject(value)) return { [path]: value };
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, member]) =>
      entriesByPath(member, path === '' ? key : `${path}.${key}`),
    ),
  ) as Record<string, Json>;
}
