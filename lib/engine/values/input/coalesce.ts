import { isJsonObject, type Json, type JsonObject } from '../../template/json';

/**
 * What `.Values` is in a template of a chart without dependencies: the overrides over the chart's defaults,
 * as a fresh object. Maps merge deeply; anything else in the overrides replaces the default, also a map a scalar
 * and a scalar a map (Helm prints a warning for some of these).
 *
 * Nulls, as in Helm:
 * - null for a key with a default deletes the key;
 * - null for a key without a default, or whose default is null, stays null inside a map;
 *   on the top level it stays when the defaults lack the key and goes when they have it (even as null);
 * - nulls inside lists, and in maps which the defaults do not have, stay: nobody looks at them;
 * - null in the defaults is dropped, except inside lists. So does Helm 4.3; Helm 3.22 keeps it as null. Both
 *   read as null in a template, but `hasKey` and `toYaml` tell them apart: do not ship nulls in defaults.
 */
export function coalesce(defaults: JsonObject, overrides: JsonObject): JsonObject {
  const kept = Object.entries(overrides).filter(
    ([key, value]) => value !== null || !Object.hasOwn(defaults, key),
  );
  const overridden = kept.map(([key, value]): [string, Json] => [
    key,
    coalesceValue(own(defaults, key), value),
  ]);
  return Object.fromEntries([...overridden, ...untouched(defaults, overrides)]);
}

function coalesceValue(standard: Json | undefined, override: Json): Json {
  return isJsonObject(standard) && isJsonObject(override)
    ? coalesceMap(standard, override)
    : copied(override);
}

function coalesceMap(defaults: JsonObject, overrides: JsonObject): JsonObject {
  const kept = Object.entries(overrides).filter(([key, value]) => value !== null || !hasValue(defaults, key));
  const overridden = kept.map(([key, value]): [string, Json] => [
    key,
    coalesceValue(own(defaults, key), value),
  ]);
  return Object.fromEntries([...overridden, ...untouched(defaults, overrides)]);
}

/** The defaults that no override names, without their nulls. */
function untouched(defaults: JsonObject, overrides: JsonObject): [string, Json][] {
  return Object.entries(withoutNulls(defaults)).filter(([key]) => !Object.hasOwn(overrides, key));
}

function withoutNulls(map: JsonObject): JsonObject {
  const kept = Object.entries(map).filter(([, value]) => value !== null);
  const copies = kept.map(([key, value]): [string, Json] => [
    key,
    isJsonObject(value) ? withoutNulls(value) : copied(value),
  ]);
  return Object.fromEntries(copies);
}

/** A map of its own at every level; `__proto__` is a key like any other. */
export function copied<V extends Json>(value: V): V;
export function copied(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => copied(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copied(item)]));
}

/** What a map has itself under a key. */
export function own(map: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function hasValue(map: JsonObject, key: string): boolean {
  return (own(map, key) ?? null) !== null;
}
