import { type Json, type JsonObject, isJsonObject } from '../engine';

/** Labels, annotations and the specification of the pods that an object makes. */
export interface PodTemplate {
  readonly metadata: JsonObject;
  readonly spec: JsonObject;
}

/**
 * The template of the pods that an object makes, or is; undefined where it makes none. Goes by the shape and not by a
 * list of kinds, so that workloads of an operator's own resources are seen too: pods are what has containers.
 */
export function podTemplateOf(object: JsonObject): PodTemplate | undefined {
  const spec = mapOf(object['spec']);
  const job = mapOf(mapOf(spec['jobTemplate'])['spec']);
  const template = [object, mapOf(job['template']), mapOf(spec['template'])].find(hasContainers);
  return template && { metadata: mapOf(template['metadata']), spec: mapOf(template['spec']) };
}

/** The specification of these pods. */
export function podSpecOf(object: JsonObject): JsonObject | undefined {
  return podTemplateOf(object)?.spec;
}

function hasContainers(template: JsonObject): boolean {
  return Array.isArray(mapOf(template['spec'])['containers']);
}

/** Whether Helm makes the object around an installation, an upgrade or a test, and not for the release to have. */
export function isHook({ metadata }: JsonObject): boolean {
  return 'helm.sh/hook' in mapOf(mapOf(metadata)['annotations']);
}

/** A map that may be missing. */
export function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** The maps of a list that may be missing. */
export function mapsOf(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
