import { disruptionsOf } from '../../../lib/analysis/disruption';
import type { JsonObject } from '../../../lib/engine';

const labels = { 'app.kubernetes.io/component': 'store' };
const POD = { containers: [{ name: 'main' }] };

const workload = (kind: string, spec: JsonObject): JsonObject => ({
  kind,
  metadata: { name: 'r-store', labels },
  spec: { ...spec, template: { metadata: { labels }, spec: POD } },
});
const budget = (spec: JsonObject): JsonObject => ({
  kind: 'PodDisruptionBudget',
  metadata: { name: 'r-store', labels },
  spec,
});

/** Pods, and what an update and a drain leave of them. */
function left(...objects: readonly JsonObject[]): number[][] {
  return disruptionsOf(objects).map(({ service, pods, update, drain }) => {
    expect(service).toBe('store');
    return [pods, update, drain];
  });
}

describe('a StatefulSet', () => {
  test('replaces one pod after the other', () => {
    expect(left(workload('StatefulSet', { replicas: 3 }), budget({ maxUnavailable: 1 }))).toEqual([
      [3, 2, 2],
    ]);
    expect(left(workload('StatefulSet', {}))).toEqual([[1, 0, 0]]);
  });

  test('may replace several', () => {
    const strategy = { updateStrategy: { rollingUpdate: { maxUnavailable: '50%' } } };
    expect(left(workload('StatefulSet', { replicas: 3, ...strategy }))).toEqual([[3, 1, 0]]);
  });

  test('leaves it to a person', () => {
    const strategy = { updateStrategy: { type: 'OnDelete' } };
    expect(left(workload('StatefulSet', { replicas: 3, ...strategy }))).toEqual([[3, 3, 0]]);
  });

  test('has what its own autoscaler lets it have', () => {
    const scaler = (kind: string): JsonObject => ({
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'scaler', labels },
      spec: { scaleTargetRef: { kind, name: 'r-store' }, minReplicas: 4 },
    });
    expect(left(workload('StatefulSet', {}), scaler('StatefulSet'))).toEqual([[4, 3, 0]]);
    expect(left(workload('StatefulSet', {}), scaler('Deployment'))).toEqual([[1, 0, 0]]);
  });
});

describe('a Deployment', () => {
  test('that recreates its pods takes all of them', () => {
    expect(left(workload('Deployment', { replicas: 3, strategy: { type: 'Recreate' } }))).toEqual([
      [3, 0, 0],
    ]);
  });

  test('that says nothing takes a quarter, rounded down', () => {
    expect(left(workload('Deployment', { replicas: 7 }))).toEqual([[7, 6, 0]]);
    expect(left(workload('Deployment', { replicas: 3 }))).toEqual([[3, 3, 0]]);
  });

  test('has a budget in parts too, rounded up', () => {
    const deployment = workload('Deployment', {
      replicas: 3,
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
    });
    expect(left(deployment, budget({ minAvailable: '50%' }))).toEqual([[3, 3, 2]]);
    expect(left(deployment, budget({ maxUnavailable: '50%' }))).toEqual([[3, 3, 1]]);
  });
});

test('a ReplicaSet keeps its pods in an update; a pod of its own is replaced', () => {
  expect(left(workload('ReplicaSet', { replicas: 2 }))).toEqual([[2, 2, 0]]);
  expect(left({ kind: 'Pod', metadata: { name: 'p', labels }, spec: POD })).toEqual([[1, 0, 0]]);
});

test('what comes to an end, or is of its node, has nothing that goes on answering', () => {
  const hook = { name: 'p', labels, annotations: { 'helm.sh/hook': 'test' } };
  expect(
    left(
      workload('Job', {}),
      workload('DaemonSet', {}),
      {
        kind: 'CronJob',
        metadata: { name: 'c', labels },
        spec: { jobTemplate: { spec: { template: POD } } },
      },
      { kind: 'Pod', metadata: hook, spec: POD },
      { kind: 'Service', metadata: { name: 's', labels }, spec: {} },
    ),
  ).toEqual([]);
});
