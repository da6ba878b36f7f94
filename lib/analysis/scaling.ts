import type { Json, JsonObject } from '../engine';
import { identityOf } from './object-problems';
import { mapOf } from './pods';

/** How many pods an autoscaler, or nobody, lets there be. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** The bounds of what is scaled, by the identity of its object. */
export function scalersOf(objects: readonly JsonObject[]): ReadonlyMap<string, Bounds> {
  return new Map(objects.flatMap((object) => scalerOf(object)));
}

function scalerOf({ kind, metadata, spec }: JsonObject): [string, Bounds][] {
  const { scaleTargetRef, minReplicas, maxReplicas, minReplicaCount, maxReplicaCount } = mapOf(spec);
  const target = { kind: 'Deployment', ...mapOf(scaleTargetRef) };
  const identity = identityOf({ kind: target.kind, metadata: { ...mapOf(metadata), ...target } });
  // What is not said is what the API server, and KEDA, take then.
  if (kind === 'HorizontalPodAutoscaler')
    return [[identity, { least: numberOr(minReplicas, 1), most: numberOr(maxReplicas, 1) }]];
  if (kind === 'ScaledObject')
    return [[identity, { least: numberOr(minReplicaCount, 0), most: numberOr(maxReplicaCount, 100) }]];
  return [];
}

/** The replicas of an object: what its autoscaler lets there be, or what it says itself. */
export function replicasOf(object: JsonObject, scalers: ReadonlyMap<string, Bounds>): Bounds {
  const fixed = numberOr(mapOf(object['spec'])['replicas'], 1);
  return scalers.get(identityOf(object)) ?? { least: fixed, most: fixed };
}

/** A number of pods, or a part of them as Kubernetes has it: `25%`, rounded by the given function. */
export function shareOf(value: Json | undefined, pods: number, rounded: (exact: number) => number): number {
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value) : null;
  return percent === null ? numberOr(value, 0) : rounded((pods * Number(percent[1])) / 100);
}

export function numberOr(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
