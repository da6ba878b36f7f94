import type { TSchema } from '@sinclair/typebox';
import { isJsonObject, type Json, type JsonObject } from '../template/json';
import type { Catalogue } from './catalogue';
import { coalesce } from './input/coalesce';
import { schemaAt, type Step } from './schema-at';

/** A chart inside of another one, with a slice of its values under the key of its name. */
export interface Dependency {
  readonly catalogue: Catalogue;
  /** The value of the outer chart that switches it: a path. */
  readonly condition: string;
  /** Words under `tags` of the outer chart, which switch it where the condition is not given. */
  readonly tags: readonly string[];
}

/** Whether a chart inside is there, for the final values of the outer one: as Helm decides it. */
export function isEnabled({ condition, tags }: Omit<Dependency, 'catalogue'>, values: JsonObject): boolean {
  const switched = condition.split('.').reduce<Json | undefined>(memberOf, values);
  if (typeof switched === 'boolean') return switched;
  const given = tags.map((tag) => memberOf(values['tags'], tag));
  return given.includes(true) || !given.includes(false);
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The values that a chart inside sees, out of the final values of the outer one. */
export function sliceOf({ catalogue }: Pick<Dependency, 'catalogue'>, values: JsonObject): JsonObject {
  const slice = values[catalogue.chart];
  return isJsonObject(slice) ? slice : {};
}

/**
 * What `.Values` is in a template of a chart: the overrides over its defaults. Under the name of each chart inside that
 * is there stands what that one sees: what the outer chart and the overrides say, over its own defaults, with the
 * outer chart's `global` in its own.
 */
export function finalValues(catalogue: Catalogue, overrides: JsonObject): JsonObject {
  const { dependencies } = catalogue;
  const slices = new Set(dependencies.map(({ catalogue: inner }) => inner.chart));
  const own = coalesce(without(catalogue.defaults, slices), without(overrides, slices));
  const given = Object.fromEntries(
    [...slices].flatMap((name) => {
      const slice = overlaid(catalogue.defaults[name], overrides[name]);
      return slice === undefined ? [] : [[name, slice] as const];
    }),
  );
  const values: JsonObject = { ...own, ...given };
  for (const dependency of dependencies) if (isEnabled(dependency, values)) place(dependency, values, own);
  return values;
}

function place({ catalogue }: Dependency, values: JsonObject, outer: JsonObject): void {
  const given = values[catalogue.chart];
  // Helm refuses what is no map; so does the schema of the outer chart.
  if (given !== undefined && !isJsonObject(given)) return;
  values[catalogue.chart] = finalValues(catalogue, { ...given, global: globalOf(outer, given) });
}

/** The outer chart's `global` wins over that of a slice. */
function globalOf(outer: JsonObject, given: JsonObject | undefined): JsonObject {
  const ours = isJsonObject(outer['global']) ? outer['global'] : {};
  const theirs = given?.['global'];
  return isJsonObject(theirs) ? (overlaid(theirs, ours) as JsonObject) : ours;
}

function without(map: JsonObject, keys: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(map).filter(([key]) => !keys.has(key)));
}

/** One value over another: maps merge, and a null stays, since the chart inside decides what it deletes. */
function overlaid(below: Json | undefined, above: Json | undefined): Json | undefined {
  if (above === undefined) return below;
  if (!isJsonObject(below) || !isJsonObject(above)) return above;
  const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
  return Object.fromEntries(
    keys.map((key) => [key, overlaid(own(below, key), own(above, key)) as Json] as const),
  );
}

function own(map: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** The schema of the value at a path, of a chart inside too; undefined where there is no such value. */
export function schemaOfValue(catalogue: Catalogue, path: readonly Step[]): TSchema | undefined {
  const inside = catalogue.dependencies.find(({ catalogue: inner }) => inner.chart === path[0]);
  if (inside === undefined) return schemaAt(catalogue.schema, path);
  if (path.length > 1) return schemaOfValue(inside.catalogue, path.slice(1));
  // All of its values, and not only those that the outer chart has defaults for.
  const description = schemaAt(catalogue.schema, path)?.description;
  return { ...inside.catalogue.schema, ...(description === undefined ? {} : { description }) };
}
