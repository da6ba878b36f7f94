import type { Json, JsonObject } from '../engine';
import { isHook, mapOf } from './pods';
import { replicasOf, scalersOf, shareOf } from './scaling';

/** How many pods of a service go on answering while some are taken away on purpose. */
export interface Disruption {
  readonly service: string;
  /** How many there are, at least: an autoscaler may run more. */
  readonly pods: number;
  /** Left while an update replaces them; 0 is downtime. */
  readonly update: number;
  /** Left while nodes are drained; 0 is downtime. */
  readonly drain: number;
}

const COMPONENT = 'app.kubernetes.io/component';

/**
 * How many pods each kind takes away in an update. Other kinds have nothing that goes on answering: the pods of a Job come
 * to an end, and those of a DaemonSet are of their nodes, one each, where a drain leaves them.
 */
const MISSING_IN_UPDATE: Readonly<Record<string, (spec: JsonObject, pods: number) => number>> = {
  Deployment: ({ strategy }, pods) => {
    const { type, rollingUpdate } = mapOf(strategy);
    return type === 'Recreate'
      ? pods
      : shareOf(mapOf(rollingUpdate)['maxUnavailable'] ?? '25%', pods, Math.floor);
  },
  // One after the other; or only what a person deletes.
  StatefulSet: ({ updateStrategy }, pods) => {
    const { type, rollingUpdate } = mapOf(updateStrategy);
    return type === 'OnDelete' ? 0 : shareOf(mapOf(rollingUpdate)['maxUnavailable'] ?? 1, pods, Math.ceil);
  },
  // Its pods stay as they are.
  ReplicaSet: () => 0,
  // It is replaced.
  Pod: () => 1,
};

/** What updates and drains leave of each service, by the objects of a release. */
export function disruptionsOf(objects: readonly JsonObject[]): Disruption[] {
  const scalers = scalersOf(objects);
  return objects.flatMap((object) => {
    const { kind } = object;
    const service = componentOf(object);
    if (typeof kind !== 'string' || typeof service !== 'string' || isHook(object)) return [];
    const missingOf = MISSING_IN_UPDATE[kind];
    if (missingOf === undefined) return [];
    const pods = replicasOf(object, scalers).least;
    const missing = missingOf(mapOf(object['spec']), pods);
    return [{ service, pods, update: Math.max(0, pods - missing), drain: keptOf(objects, service, pods) }];
  });
}

/** What the budget of a service keeps. Without one a drain takes all that are on a node. */
function keptOf(objects: readonly JsonObject[], service: string, pods: number): number {
  const budget = objects.find(
    (object) => object['kind'] === 'PodDisruptionBudget' && componentOf(object) === service,
  );
  const { minAvailable, maxUnavailable } = mapOf(budget?.['spec']);
  if (minAvailable !== undefined) return shareOf(minAvailable, pods, Math.ceil);
  return Math.max(0, pods - shareOf(maxUnavailable ?? '100%', pods, Math.ceil));
}

function componentOf({ metadata }: JsonObject): Json | undefined {
  return mapOf(mapOf(metadata)['labels'])[COMPONENT];
}
