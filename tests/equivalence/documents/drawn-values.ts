import fc from 'fast-check';
import { type Description, type Json, type JsonObject, isJsonObject } from '../../../lib/engine';
import { finalValues } from '../../../lib/engine/renderers';
import type { Override } from './draft';
import { freeMap } from './free-form';
import { leavesOf, openMaps, schemaAt, wholeSchema, type JsonSchema, type Leaf } from './schema';
import { valueArbitrary } from './values';

/** What some leaves have to be, besides what the schema says of them. */
export interface Special {
  /** Of the path, with dots. */
  readonly path: RegExp;
  readonly values: fc.Arbitrary<Json>;
}

/** What is known of a chart's values, as overrides are drawn from it. */
export class DrawnValues {
  readonly schema: JsonSchema;
  /** All leaves of the values, in the order of the schema. */
  readonly leaves: readonly Leaf[];
  /** Paths of the keys that the defaults have inside of free maps. */
  private readonly members: readonly (readonly string[])[];
  /** Paths of everything that has a default in a chart inside, at every level. */
  private readonly inside: readonly (readonly string[])[];

  constructor(
    description: Description,
    private readonly special: readonly Special[] = [],
  ) {
    const defaults = finalValues(description.catalogue, allOn(description));
    this.schema = wholeSchema(description);
    this.leaves = leavesOf(this.schema);
    this.members = defaultMembers(this.schema, defaults, []);
    this.inside = description.subcharts.flatMap(({ description: { facts } }) =>
      pathsIn(defaults[facts.name] ?? null, [facts.name]),
    );
  }

  /** An override of one leaf. */
  overrideOf({ path, schema }: Leaf): fc.Arbitrary<Override> {
    const name = path.join('.');
    const special = this.special.find((one) => one.path.test(name));
    return (special?.values ?? valueArbitrary(schema)).map((value) => ({ path, value }));
  }

  /** An override of one of some leaves. */
  anyOf(leaves: readonly Leaf[] = this.leaves): fc.Arbitrary<Override> {
    return fc.constantFrom(...leaves).chain((leaf) => this.overrideOf(leaf));
  }

  /** A few leaves that stand under one path, since what belongs together stands together. */
  together(): fc.Arbitrary<Override[]> {
    const groups = [...new Set(this.leaves.map(({ path }) => path.slice(0, -1).join('.')))];
    const below = (group: string): Leaf[] =>
      this.leaves.filter(({ path }) => `${path.join('.')}.`.startsWith(group === '' ? '' : `${group}.`));
    return fc
      .constantFrom(...groups)
      .chain((group) => fc.array(this.anyOf(below(group)), { minLength: 1, maxLength: 5, size: 'max' }));
  }

  /** An override of a member of a map that has defaults, or of a key that nobody knows where any may stand. */
  member(): fc.Arbitrary<Override> | undefined {
    return this.members.length === 0 ? undefined : fc.constantFrom(...this.members).chain(this.ofMember);
  }

  private readonly ofMember = (path: readonly string[]): fc.Arbitrary<Override> => {
    const schema = schemaAt(this.schema, path);
    if (schema === undefined) throw new Error(`no schema at ${path.join('.')}`);
    return valueArbitrary(schema).map((value) => ({ path, value }));
  };

  /** A key that nobody knows, where any may stand. */
  foreign(): fc.Arbitrary<Override> | undefined {
    const open = openMaps(this.schema).map((path) => [...path, 'foreign']);
    return open.length === 0
      ? undefined
      : fc.tuple(fc.constantFrom(...open), freeMap()).map(([path, value]) => ({ path, value }));
  }

  /** Null deletes the default of a member of a map; where there is no default it stays, and is refused. */
  deletion(): fc.Arbitrary<Override> {
    const optional = this.leaves.filter(({ required }) => !required).map(({ path }) => path);
    const kinds = [
      { weight: 6, paths: this.members },
      { weight: 1, paths: optional },
      { weight: 6, paths: this.inside },
    ].filter(({ paths }) => paths.length > 0);
    const any = [{ weight: 1, paths: this.leaves.map(({ path }) => path) }];
    return fc
      .oneof(
        ...(kinds.length === 0 ? any : kinds).map(({ weight, paths }) => ({
          weight,
          arbitrary: fc.constantFrom(...paths),
        })),
      )
      .map((path) => ({ path, value: null }));
  }
}

/** Overrides with which every chart inside is there. */
function allOn({ subcharts }: Description): JsonObject {
  return Object.fromEntries(
    subcharts.map(({ description }) => [description.facts.name, { enabled: true, ...allOn(description) }]),
  );
}

/** The keys that the defaults have inside of free maps: to change one member, or to delete it. */
function defaultMembers(root: JsonSchema, value: Json, path: readonly string[]): (readonly string[])[] {
  if (!isJsonObject(value)) return [];
  const free = schemaAt(root, path)?.properties === undefined;
  return Object.entries(value).flatMap(([key, member]) => [
    ...(free && schemaAt(root, [...path, key]) ? [[...path, key]] : []),
    ...defaultMembers(root, member, [...path, key]),
  ]);
}

function pathsIn(value: Json, path: readonly string[]): (readonly string[])[] {
  const below = isJsonObject(value) ? Object.entries(value) : [];
  return [path, ...below.flatMap(([key, member]) => pathsIn(member, [...path, key]))];
}

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

/** Values by path, as overrides. */
export function overridesOf(values: Readonly<Record<string, Json>>): Override[] {
  return Object.entries(values).map(([path, value]) => ({ path: path.split('.'), value }));
}
