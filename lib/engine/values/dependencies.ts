import type { TSchema } from '@sinclair/typebox';
import { isJsonObject, type Json, type JsonObject } from '../template/json';
import type { Catalogue } from './catalogue';
import { coalesce } from './input/coalesce';
import { coalesceInside, mergeDefaults, type Loaded } from './input/coalesce-inside';
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
  if (catalogue.dependencies.length === 0) return coalesce(catalogue.defaults, overrides);
  // Helm asks the conditions of the values that there would be if all charts inside were there.
  const ofAll = coalesceInside(loaded(catalogue), overrides);
  return coalesceInside(mergeDefaults(loaded(catalogue, ofAll)), overrides);
}

/** A chart with the charts inside that are there for some values; without any, with all of them. */
function loaded({ chart, defaults, dependencies }: Catalogue, values?: JsonObject): Loaded {
  const there = dependencies.filter((dependency) => values === undefined || isEnabled(dependency, values));
  return {
    name: chart,
    defaults,
    inside: there.map((dependency) =>
      loaded(dependency.catalogue, values === undefined ? undefined : sliceOf(dependency, values)),
    ),
  };
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
