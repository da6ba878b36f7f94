import type { Json, JsonObject } from '../../../lib/engine';

/** A map of entries; `__proto__` is a key like any other. */
export function mapOf(entries: readonly (readonly [string, Json])[]): JsonObject {
  const map: JsonObject = {};
  for (const [key, value] of entries)
    Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
  return map;
}
