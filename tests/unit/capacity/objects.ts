import type { JsonObject } from '../../../lib/engine';

/** A container by its requests and limits. */
export function container(
  requests: JsonObject,
  limits: JsonObject = requests,
  more: JsonObject = {},
): JsonObject {
  return { name: 'main', resources: { requests, limits }, ...more };
}

/** An object with pods. */
export function workload(kind: string, name: string, spec: JsonObject, pod: JsonObject): JsonObject {
  return { kind, metadata: { name }, spec: { ...spec, template: { spec: pod } } };
}

export const rolling = (maxSurge: string | number): JsonObject => ({
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge } },
});

/** What a GPU pod has to say to be in a pool. */
export const inPool = (pool: string, gpuType: string): JsonObject => ({
  nodeSelector: { gpu: 'true', gpu_type: gpuType },
  tolerations: [
    { key: 'dedicated', operator: 'Equal', value: pool, effect: 'NoSchedule' },
    { key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' },
  ],
});
