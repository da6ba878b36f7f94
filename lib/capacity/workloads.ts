import {
  identityOf,
  isHook,
  mapOf,
  numberOr,
  podSpecOf,
  replicasOf,
  scalersOf,
  shareOf,
  type Bounds,
} from '../analysis';
import type { JsonObject } from '../engine';
import { podDemand, type PodDemand } from './pod';

/** Pods of one kind at one moment of scaling. */
export interface Count {
  readonly running: number;
  /** Pods beyond them while everything is upgraded: new ones before old ones end, and those of Jobs, hooks and tests. */
  readonly more: number;
}

/** Pods that are alike, of one object. */
export interface Workload {
  /** `Deployment/medkg-api`. */
  readonly name: string;
  readonly pod: PodDemand;
  readonly least: Count;
  readonly most: Count;
}

/** The pods that the objects of a release make. Those of a DaemonSet are on every node: its reserve has them. */
export function workloadsOf(objects: readonly JsonObject[]): Workload[] {
  const scalers = scalersOf(objects);
  return objects.flatMap((object) => {
    const spec = podSpecOf(object);
    if (spec === undefined || object['kind'] === 'DaemonSet') return [];
    const counts = countsOf(object, scalers);
    return [{ name: identityOf(object), pod: podDemand(spec), ...counts }];
  });
}

function countsOf(object: JsonObject, scalers: ReadonlyMap<string, Bounds>): { least: Count; most: Count } {
  const passing = passingPods(object);
  if (passing !== undefined)
    return { least: { running: 0, more: passing }, most: { running: 0, more: passing } };
  const { least, most } = replicasOf(object, scalers);
  return { least: count(object, least), most: count(object, most) };
}

/** Pods that come and go: of Jobs, and of what Helm runs around an upgrade. */
function passingPods(object: JsonObject): number | undefined {
  const spec = mapOf(object['spec']);
  if (object['kind'] === 'Job') return numberOr(spec['parallelism'], 1);
  if (object['kind'] === 'CronJob')
    return numberOr(mapOf(mapOf(spec['jobTemplate'])['spec'])['parallelism'], 1);
  return object['kind'] === 'Pod' && isHook(object) ? 1 : undefined;
}

function count(object: JsonObject, running: number): Count {
  // No rollout makes more new pods than there are to be.
  return { running, more: Math.min(running, surgeOf(object, running)) };
}

/** Pods that a Deployment may have beyond its replicas in a rolling update; others end one before they start the next. */
function surgeOf({ kind, spec }: JsonObject, replicas: number): number {
  const strategy = mapOf(mapOf(spec)['strategy']);
  if (kind !== 'Deployment' || strategy['type'] === 'Recreate') return 0;
  return shareOf(mapOf(strategy['rollingUpdate'])['maxSurge'] ?? '25%', replicas, Math.ceil);
}
