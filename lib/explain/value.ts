import type { TSchema } from '@sinclair/typebox';
import { catalogue } from '../umbrella';
import type { Description, Json, JsonObject, Rule, Subchart } from '../engine';
import {
  type DescribedObject,
  entriesOf,
  expectation,
  finalValues,
  membersOf,
  nearest,
  pathOf,
  resolved,
  schemaOfValue,
  sliceOf,
} from '../engine/renderers';
import { looksAt, usesOf } from './uses';

/** What a value has to do with an object. */
export interface Effect {
  readonly kind: string;
  /** `api/deployment`, which is also its template. */
  readonly template: string;
  /** Whether it decides that the object is there. */
  readonly decides: boolean;
  /** The fields that it sets, or that depend on it. */
  readonly fields: readonly string[];
}

/** All that is known about a value. */
export interface ValueExplanation {
  readonly path: string;
  readonly description: string;
  readonly expected: string;
  readonly default: Json | undefined;
  /** Where an environment has another value. */
  readonly environments: Readonly<Record<string, Json>>;
  readonly members: readonly {
    readonly key: string;
    readonly expected: string;
    readonly description: string;
  }[];
  readonly rules: readonly string[];
  readonly effects: readonly Effect[];
}

/** The values that a release starts with, and those of each environment. */
export interface KnownValues {
  readonly defaults: JsonObject;
  readonly environments: ReadonlyMap<string, JsonObject>;
}

/** Explains the value at a path, or undefined where there is none. */
export function explainValue(
  description: Description,
  path: readonly string[],
  known: KnownValues,
): ValueExplanation | undefined {
  const schema = schemaOfValue(description.catalogue, path);
  if (schema === undefined) return undefined;
  const standard = valueIn(description, known.defaults, path);
  return {
    path: path.join('.'),
    description: schema.description ?? '',
    expected: expectation(schema, catalogue.words),
    default: standard,
    environments: differing(description, path, standard, known.environments),
    members: membersIn(schema),
    rules: rulesAt(description, path),
    effects: effectsOf(description, path),
  };
}

function differing(
  description: Description,
  path: readonly string[],
  standard: Json | undefined,
  environments: KnownValues['environments'],
): Record<string, Json> {
  const entries = [...environments].map(([name, values]): [string, Json] => [
    name,
    valueIn(description, values, path) ?? null,
  ]);
  return Object.fromEntries(
    entries.filter(([, value]) => JSON.stringify(value) !== JSON.stringify(standard ?? null)),
  );
}

/** The value at a path; of a chart inside, which has its own defaults, whether or not it is switched on. */
function valueIn({ subcharts }: Description, values: JsonObject, path: readonly string[]): Json | undefined {
  const inner = subcharts.find(({ description }) => description.facts.name === path[0])?.description;
  if (inner === undefined || path.length === 1) return valueAt(values, path);
  const slice = sliceOf(inner, values);
  return valueIn(inner, finalValues(inner.catalogue, slice), path.slice(1));
}

function membersIn(schema: TSchema): ValueExplanation['members'] {
  return Object.entries(membersOf(schema)).map(([key, member]) => {
    const shape = resolved(member);
    return { key, expected: expectation(shape, catalogue.words), description: shape.description ?? '' };
  });
}

/** Relations to other values that are told under this one. */
function rulesAt({ rules, subcharts }: Description, path: readonly string[]): string[] {
  const sentences = (of: readonly Rule[], at: readonly string[]): string[] =>
    of.filter((rule) => rule.path === at.join('.')).map(({ sentence }) => sentence);
  const own = rules.flatMap((rule) => {
    if (!('rules' in rule)) return sentences([rule], path);
    const above = pathOf(rule).split('.');
    const isBelow = above.every((step, i) => path[i] === step);
    return isBelow ? sentences(rule.rules, path.slice(above.length + 1)) : [];
  });
  const inside = subcharts
    .filter(({ description }) => description.facts.name === path[0])
    .flatMap(({ description }) => rulesAt(description, path.slice(1)));
  return [...own, ...inside];
}

/** What a value does to objects, those of the charts inside among them: `inside` says in which. */
function effectsOf(description: Description, path: readonly string[], inside = ''): Effect[] {
  const own = description.objects.flatMap((object) => effectOn(object, path, inside));
  return [...own, ...description.subcharts.flatMap((subchart) => effectsInside(subchart, path, inside))];
}

function effectsInside(
  { description, condition }: Subchart,
  path: readonly string[],
  around: string,
): Effect[] {
  const { name } = description.facts;
  const inside = `${around}${name}/`;
  if (path.join('.') === condition) return description.objects.map((object) => switching(object, inside));
  if (path[0] === 'global') return effectsOf(description, path, inside);
  return path[0] === name && path.length > 1 ? effectsOf(description, path.slice(1), inside) : [];
}

function switching(object: DescribedObject, inside: string): Effect {
  return { kind: kindOf(object), template: templateOf(object, inside), decides: true, fields: [] };
}

function templateOf({ folder, file }: DescribedObject, inside: string): string {
  return `${inside}${folder}/${file}`;
}

function effectOn(object: DescribedObject, path: readonly string[], inside: string): Effect[] {
  const uses = usesOf(object).filter((use) => looksAt(use, path));
  if (uses.length === 0) return [];
  const fields = uses.flatMap(({ field }) => (field === undefined ? [] : [field]));
  return [
    {
      kind: kindOf(object),
      template: templateOf(object, inside),
      decides: uses.some(({ field }) => field === undefined),
      fields: [...new Set(fields)],
    },
  ];
}

/** The kind of an object, which is never symbolic. */
export function kindOf({ tree }: DescribedObject): string {
  return String((tree as { readonly kind?: string }).kind);
}

/** The value at a path. */
export function valueAt(values: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (value, step) => (typeof value === 'object' && value !== null ? (value as JsonObject)[step] : undefined),
    values,
  );
}

/** The known path that a misspelt one was probably meant to be. */
export function nearestPath(path: readonly string[]): string | undefined {
  const wrong = knownPart(path).length;
  const parent = schemaOfValue(catalogue, path.slice(0, wrong));
  if (parent === undefined || entriesOf(parent) !== undefined) return undefined;
  const meant = nearest(path[wrong] ?? '', Object.keys(membersOf(parent)));
  return meant === undefined
    ? undefined
    : [...path.slice(0, wrong), meant, ...path.slice(wrong + 1)].join('.');
}

/** The most of a path that there is: the place whose members are known. */
export function knownPart(path: readonly string[]): readonly string[] {
  const wrong = path.findIndex((_, i) => schemaOfValue(catalogue, path.slice(0, i + 1)) === undefined);
  return wrong === -1 ? path : path.slice(0, wrong);
}
