import { valuesKey } from '../../../lib/platform/model';
import {
  GPU_NODE_LABEL,
  GPU_RESOURCE,
  GPU_TYPE_LABEL,
  gpuPools,
  POOL_TAINT,
} from '../../../lib/platform/pools';
import type { JsonObject } from '../../../lib/engine';
import { records } from './placement';
import type { NodeShape } from './world';

/** Pools of GPU nodes of which one node has exactly as many GPUs as the service has pods in production. */

const PODS = 2;

const tight = records.flatMap(({ name, gpu, scaling }) => {
  const pool = gpuPools.find((candidate) => candidate.name === gpu?.pool);
  if (pool === undefined) return [];
  if (scaling.minReplicas !== PODS) throw new Error(`${name} has not ${PODS} pods`);
  return [{ service: name, pool: `tight-${name}`, gpuType: pool.gpuType }];
});

/** Services that have such a pool. */
export const tightServices = tight.map(({ service }) => service);

/** The label that tells their nodes from others. */
export const TIGHT = 'tight';

/** Two nodes a pool, so that there is a place to go to while one of them is drained. */
export const tightNodes: readonly NodeShape[] = tight.flatMap(({ service, pool, gpuType }) =>
  ['a', 'b'].map((zone) => ({
    name: `${pool}-${zone}`,
    labels: { [GPU_NODE_LABEL]: 'true', [GPU_TYPE_LABEL]: gpuType, [TIGHT]: service },
    taints: [{ key: POOL_TAINT, value: pool, effect: 'NoSchedule' }],
    capacity: { cpu: '48', memory: '192Gi', [GPU_RESOURCE]: String(PODS) },
  })),
);

/** Values that put the services into these pools. */
export const tightValues: JsonObject = {
  gpu: { pools: Object.fromEntries(tight.map(({ pool, gpuType }) => [pool, { gpuType }])) },
  services: Object.fromEntries(tight.map(({ service, pool }) => [valuesKey(service), { gpu: { pool } }])),
};
