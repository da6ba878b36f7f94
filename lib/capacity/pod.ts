import {
  GPU_NODE_LABEL,
  GPU_RESOURCE,
  GPU_TYPE_LABEL,
  HIGH_MEMORY_LABEL,
  POOL_TAINT,
} from '../platform/pools';
import { mapOf, mapsOf } from '../analysis';
import type { Json, JsonObject } from '../engine';
import { amountsOf, largestOf, PODS, sumOf, type Amounts } from './amounts';

/** What one pod asks for, and where it wants to be. */
export interface PodDemand {
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** Resources that a container may take as much of as there is. */
  readonly unlimited: readonly string[];
  readonly pool: Pool;
  readonly prefersHighMemory: boolean;
}

/** Nodes that are alike. */
export interface Pool {
  readonly name: string;
  /** Undefined for nodes without GPUs. */
  readonly gpuType: string | undefined;
}

/** The pool of all nodes without GPUs. */
export const CPU_POOL = 'cpu';
/** Resources that a container need not limit, and takes from its neighbours then. */
const SHARED = ['cpu', 'memory'];

/** Reads the specification of a pod as the scheduler does. */
export function podDemand(spec: JsonObject): PodDemand {
  const requests = totalOf(spec, requestsOf);
  return {
    requests: { ...requests, [PODS]: 1 },
    limits: totalOf(spec, limitsOf),
    unlimited: SHARED.filter((resource) =>
      mapsOf(spec['containers']).some((container) => limitsOf(container)[resource] === undefined),
    ),
    pool: poolOf(spec, requests[GPU_RESOURCE] ?? 0),
    prefersHighMemory: prefersHighMemory(spec),
  };
}

/** A container that names no request gets its limit for one. */
function requestsOf(container: JsonObject): Amounts {
  return { ...limitsOf(container), ...amountsOf(mapOf(mapOf(container['resources'])['requests'])) };
}

function limitsOf(container: JsonObject): Amounts {
  return amountsOf(mapOf(mapOf(container['resources'])['limits']));
}

/**
 * Containers run together. Before them, initial containers run one after the other, each beside the sidecars that were
 * started before it: the largest moment counts.
 */
function totalOf(spec: JsonObject, amounts: (container: JsonObject) => Amounts): Amounts {
  let sidecars: Amounts = {};
  const moments: Amounts[] = [];
  for (const container of mapsOf(spec['initContainers'])) {
    moments.push(sumOf([sidecars, amounts(container)]));
    if (container['restartPolicy'] === 'Always') sidecars = sumOf([sidecars, amounts(container)]);
  }
  return largestOf([...moments, sumOf([sidecars, ...mapsOf(spec['containers']).map(amounts)])]);
}

/** A GPU pod names its pool by the taint that it tolerates, and the type of GPU by the label that it selects. */
function poolOf(spec: JsonObject, gpus: number): Pool {
  const selector = mapOf(spec['nodeSelector']);
  if (gpus === 0 && selector[GPU_NODE_LABEL] !== 'true') return { name: CPU_POOL, gpuType: undefined };
  const gpuType = text(selector[GPU_TYPE_LABEL]) ?? 'any';
  const toleration = mapsOf(spec['tolerations']).find(({ key }) => key === POOL_TAINT);
  return { name: text(toleration?.['value']) ?? `gpu-${gpuType}`, gpuType };
}

function prefersHighMemory(spec: JsonObject): boolean {
  const affinity = mapOf(mapOf(spec['affinity'])['nodeAffinity']);
  return mapsOf(affinity['preferredDuringSchedulingIgnoredDuringExecution'])
    .flatMap(({ preference }) => mapsOf(mapOf(preference)['matchExpressions']))
    .some(({ key }) => key === HIGH_MEMORY_LABEL.key);
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
