import { isJsonObject, type Json, type JsonObject } from '../template';

/** The specification of the pods that an object makes, or is; undefined where it makes none. */
export function podSpecOf(object: JsonObject): JsonObject | undefined {
  if (object['kind'] === 'Pod') return mapOf(object['spec']);
  const spec = mapOf(object['spec']);
  const template = mapOf(mapOf(spec['jobTemplate'])['spec'])['template'] ?? spec['template'];
  return isJsonObject(template) ? mapOf(template['spec']) : undefined;
}

/** A map that may be missing. */
export function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The maps of a list that may be missing. */
export function mapsOf(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
