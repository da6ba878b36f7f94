/**
 * The values of a chart that has charts inside, as Helm makes them. It follows Helm step by step, and changes maps in place
 * as Helm does: a map of `global` that two charts have is one map, so that what the inner one adds is seen by the outer one
 * too. `tests/unit/values-input/inside-table.json` has a row for each of these things.
 */
import { isJsonObject, type Json, type JsonObject } from '../../template/json';
import { copied, own } from './coalesce';

/** A chart with the charts inside that are there. */
export interface Loaded {
  readonly name: string;
  readonly defaults: JsonObject;
  readonly inside: readonly Loaded[];
}

/** The overrides over the defaults of a chart and of those inside; the chart's defaults have no null. */
export function coalesceInside(chart: Loaded, overrides: JsonObject): JsonObject {
  return coalesceChart(chart, copied(overrides), false);
}

/** A chart whose defaults have those of the charts inside in them, with what its own `global` adds: so Helm begins. */
export function mergeDefaults(chart: Loaded): Loaded {
  const inside = chart.inside.map(mergeDefaults);
  if (inside.length === 0) return chart;
  return { ...chart, inside, defaults: copied(coalesceChart({ ...chart, inside }, {}, true)) };
}

/** `merge` keeps nulls, for a later step that knows what they delete. */
function coalesceChart(chart: Loaded, values: JsonObject, merge: boolean): JsonObject {
  overDefaults(chart, values, merge);
  for (const inner of chart.inside) {
    const slice = own(values, inner.name) ?? {};
    // Helm fails where it is no map; so does the schema of the outer chart, which names the place.
    if (!isJsonObject(slice)) continue;
    put(values, inner.name, slice);
    handGlobal(values, slice);
    coalesceChart(inner, slice, merge);
  }
  return values;
}

function overDefaults({ defaults, inside }: Loaded, values: JsonObject, merge: boolean): void {
  for (const [key, standard] of Object.entries(copied(defaults))) {
    const value = own(values, key);
    if (value === undefined) put(values, key, standard);
    else if (value === null && !merge) Reflect.deleteProperty(values, key);
    else if (isJsonObject(value) && isJsonObject(standard))
      overlay(value, standard, merge || inside.some(({ name }) => name === key));
  }
}

/** Adds what a map does not have. */
function overlay(map: JsonObject, below: JsonObject, merge: boolean): void {
  for (const [key, standard] of Object.entries(below)) {
    const value = own(map, key);
    if (value === undefined) put(map, key, standard);
    else if (value === null && !merge && standard !== null) Reflect.deleteProperty(map, key);
    else if (isJsonObject(value) && isJsonObject(standard)) overlay(value, standard, merge);
  }
}

/** The outer chart's `global` into that of a slice, key by key: maps merge, and of two kinds the slice's stays. */
function handGlobal(outer: JsonObject, slice: JsonObject): void {
  const ours = globalOf(outer);
  const theirs = globalOf(slice);
  if (ours === undefined || theirs === undefined) return;
  for (const [key, value] of Object.entries(ours)) {
    const given = own(theirs, key);
    if (!isJsonObject(value)) {
      if (!isJsonObject(given)) put(theirs, key, value);
    } else if (given === undefined || isJsonObject(given)) {
      // A copy of the map itself; those in it stay shared.
      const handed = { ...value };
      overlay(handed, given ?? {}, true);
      put(theirs, key, handed);
    }
  }
  put(slice, 'global', theirs);
}

/** Undefined where it is no map: then nothing is handed. */
function globalOf(values: JsonObject): JsonObject | undefined {
  const global = own(values, 'global') ?? (Object.hasOwn(values, 'global') ? null : {});
  return isJsonObject(global) ? global : undefined;
}

function put(map: JsonObject, key: string, value: Json): void {
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}
