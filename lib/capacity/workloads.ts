import { identityOf, mapOf, podSpecOf } from '../analysis';
import type { Json, JsonObject } from '../template';
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

/** How many pods an autoscaler, or nobody, lets there be. */
interface Bounds {
  readonly least: number;
  readonly most: number;
}

/** The pods that the objects of a release make. Those of a DaemonSet are on every node: its reserve has them. */
export function workloadsOf(objects: readonly JsonObject[]): Workload[] {
  const bounds = scalersOf(objects);
  return objects.flatMap((object) => {
    const spec = podSpecOf(object);
    if (spec === undefined || object['kind'] === 'DaemonSet') return [];
    const counts = countsOf(object, bounds.get(identityOf(object)));
    return [{ name: identityOf(object), pod: podDemand(spec), ...counts }];
  });
}

/** The bounds of what is scaled, by the identity of its object. */
function scalersOf(objects: readonly JsonObject[]): ReadonlyMap<string, Bounds> {
  return new Map(objects.flatMap((object) => scalerOf(object)));
}

function scalerOf({ kind, metadata, spec }: JsonObject): [string, Bounds][] {
  const { scaleTargetRef, minReplicas, maxReplicas, minReplicaCount, maxReplicaCount } = mapOf(spec);
  const target = { kind: 'Deployment', ...mapOf(scaleTargetRef) };
  const identity = identityOf({ kind: target.kind, metadata: { ...mapOf(metadata), ...target } });
  // What is not said is what the API server, and KEDA, take then.
  if (kind === 'HorizontalPodAutoscaler')
    return [[identity, { least: number(minReplicas, 1), most: number(maxReplicas, 1) }]];
  if (kind === 'ScaledObject')
    return [[identity, { least: number(minReplicaCount, 0), most: number(maxReplicaCount, 100) }]];
  return [];
}

function countsOf(object: JsonObject, scaled: Bounds | undefined): { least: Count; most: Count } {
  const passing = passingPods(object);
  if (passing !== undefined)
    return { least: { running: 0, more: passing }, most: { running: 0, more: passing } };
  const spec = mapOf(object['spec']);
  const fixed = number(spec['replicas'], 1);
  const { least, most } = scaled ?? { least: fixed, most: fixed };
  return { least: count(object, least), most: count(object, most) };
}

/** Pods that come and go: of Jobs, and of what Helm runs around an upgrade. */
function passingPods({ kind, metadata, spec }: JsonObject): number | undefined {
  if (kind === 'Job') return number(mapOf(spec)['parallelism'], 1);
  if (kind === 'CronJob') return number(mapOf(mapOf(mapOf(spec)['jobTemplate'])['spec'])['parallelism'], 1);
  const isHook = 'helm.sh/hook' in mapOf(mapOf(metadata)['annotations']);
  return kind === 'Pod' && isHook ? 1 : undefined;
}

function count(object: JsonObject, running: number): Count {
  // No rollout makes more new pods than there are to be.
  return { running, more: Math.min(running, surgeOf(object, running)) };
}

/** Pods that a Deployment may have beyond its replicas in a rolling update; others end one before they start the next. */
function surgeOf({ kind, spec }: JsonObject, replicas: number): number {
  const strategy = mapOf(mapOf(spec)['strategy']);
  if (kind !== 'Deployment' || strategy['type'] === 'Recreate') return 0;
  const maxSurge = mapOf(strategy['rollingUpdate'])['maxSurge'] ?? '25%';
  const percent = typeof maxSurge === 'string' ? /^(\d+)%$/.exec(maxSurge) : null;
  return percent === null ? number(maxSurge, 0) : Math.ceil((replicas * Number(percent[1])) / 100);
}

function number(value: Json | undefined, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}
