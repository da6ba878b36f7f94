import { isJsonObject, type Json, type JsonObject } from '../template';

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

/** What updates and drains leave of each service, by the objects of a release. */
export function disruptionsOf(objects: readonly JsonObject[]): Disruption[] {
  const numbers = (kind: string, service: Json | undefined, ...path: string[]): number | undefined =>
    numberAt(
      objects.find((object) => object['kind'] === kind && componentOf(object) === service),
      ['spec', ...path],
    );
  return objects.flatMap((deployment) => {
    const service = componentOf(deployment);
    if (deployment['kind'] !== 'Deployment' || typeof service !== 'string') return [];
    const pods =
      numberAt(deployment, ['spec', 'replicas']) ??
      numbers('HorizontalPodAutoscaler', service, 'minReplicas') ??
      numbers('ScaledObject', service, 'minReplicaCount') ??
      // What Kubernetes takes where nobody says anything.
      1;
    const missing = numberAt(deployment, ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable']) ?? 0;
    const kept = numbers('PodDisruptionBudget', service, 'minAvailable');
    // Without a budget a drain takes all that are on a node.
    const evicted = numbers('PodDisruptionBudget', service, 'maxUnavailable') ?? pods;
    return [
      { service, pods, update: Math.max(0, pods - missing), drain: kept ?? Math.max(0, pods - evicted) },
    ];
  });
}

function componentOf(object: JsonObject): Json | undefined {
  return at(object, ['metadata', 'labels', COMPONENT]);
}

function numberAt(object: JsonObject | undefined, path: readonly string[]): number | undefined {
  const value = at(object, path);
  return typeof value === 'number' ? value : undefined;
}

function at(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((part, key) => (isJsonObject(part) ? part[key] : undefined), value);
}
