import { workloadsOf, type Count } from '../../../lib/capacity/workloads';
import type { JsonObject } from '../../../lib/engine';
import { container, rolling, workload } from './objects';

const POD = { containers: [container({ cpu: '1' })] };

const scaler = (kind: string, target: JsonObject, bounds: JsonObject): JsonObject => ({
  kind,
  metadata: { name: 'scaler' },
  spec: { scaleTargetRef: target, ...bounds },
});

/** At the least and at the most: pods that run, and pods more in an upgrade. */
function counts(...objects: readonly JsonObject[]): [string, ...number[]][] {
  const numbers = ({ running, more }: Count): number[] => [running, more];
  return workloadsOf(objects).map(({ name, least, most }) => [name, ...numbers(least), ...numbers(most)]);
}

describe('a Deployment', () => {
  const deployment = (spec: JsonObject): JsonObject => workload('Deployment', 'd', spec, POD);

  test('has its replicas, and the surge of its rollout', () => {
    expect(counts(deployment({ replicas: 3, ...rolling(1) }))).toEqual([['Deployment/d', 3, 1, 3, 1]]);
  });

  test('has one replica where it says nothing', () => {
    expect(counts(deployment(rolling(0)))).toEqual([['Deployment/d', 1, 0, 1, 0]]);
  });

  test('surges by a part of the replicas, rounded up', () => {
    expect(counts(deployment({ replicas: 5, ...rolling('50%') }))).toEqual([['Deployment/d', 5, 3, 5, 3]]);
    expect(counts(deployment({ replicas: 5 }))).toEqual([['Deployment/d', 5, 2, 5, 2]]);
  });

  test('surges by no more than there are to be', () => {
    expect(counts(deployment({ replicas: 2, ...rolling(5) }))).toEqual([['Deployment/d', 2, 2, 2, 2]]);
    expect(counts(deployment({ replicas: 0, ...rolling(5) }))).toEqual([['Deployment/d', 0, 0, 0, 0]]);
  });

  test('does not surge where old pods go first', () => {
    expect(counts(deployment({ replicas: 2, strategy: { type: 'Recreate' } }))).toEqual([
      ['Deployment/d', 2, 0, 2, 0],
    ]);
  });

  test('has what its autoscaler lets it have', () => {
    const target = { kind: 'Deployment', name: 'd' };
    const of = deployment(rolling('25%'));
    expect(counts(of, scaler('HorizontalPodAutoscaler', target, { minReplicas: 2, maxReplicas: 8 }))).toEqual(
      [['Deployment/d', 2, 1, 8, 2]],
    );
    expect(counts(of, scaler('HorizontalPodAutoscaler', target, { maxReplicas: 4 }))).toEqual([
      ['Deployment/d', 1, 1, 4, 1],
    ]);
  });

  test('has what KEDA lets it have, which may be nothing', () => {
    const of = deployment(rolling(1));
    const bounds = { minReplicaCount: 0, maxReplicaCount: 6 };
    expect(counts(of, scaler('ScaledObject', { name: 'd' }, bounds))).toEqual([['Deployment/d', 0, 0, 6, 1]]);
    expect(counts(of, scaler('ScaledObject', { name: 'd' }, {}))).toEqual([['Deployment/d', 0, 0, 100, 1]]);
  });

  test('is not scaled by what scales another one', () => {
    const other = scaler('HorizontalPodAutoscaler', { kind: 'Deployment', name: 'e' }, { maxReplicas: 9 });
    expect(counts(deployment({ replicas: 1, ...rolling(0) }), other)).toEqual([['Deployment/d', 1, 0, 1, 0]]);
  });
});

test('a ReplicaSet, and what an autoscaler makes of a StatefulSet, are counted', () => {
  expect(counts(workload('ReplicaSet', 'r', { replicas: 2 }, POD))).toEqual([['ReplicaSet/r', 2, 0, 2, 0]]);
  const target = { kind: 'StatefulSet', name: 's' };
  expect(
    counts(
      workload('StatefulSet', 's', {}, POD),
      scaler('HorizontalPodAutoscaler', target, { maxReplicas: 5 }),
    ),
  ).toEqual([['StatefulSet/s', 1, 0, 5, 0]]);
});

test('a template of something else is no pod', () => {
  const sealed = { kind: 'SealedSecret', metadata: { name: 's' }, spec: { template: { type: 'Opaque' } } };
  expect(counts(sealed)).toEqual([]);
});

test('a StatefulSet ends a pod before it starts the next', () => {
  expect(counts(workload('StatefulSet', 's', { replicas: 3 }, POD))).toEqual([['StatefulSet/s', 3, 0, 3, 0]]);
});

test('pods of Jobs, hooks and tests come and go', () => {
  const test = { kind: 'Pod', metadata: { name: 't', annotations: { 'helm.sh/hook': 'test' } }, spec: POD };
  const cron = {
    kind: 'CronJob',
    metadata: { name: 'c' },
    spec: { jobTemplate: { spec: { parallelism: 2, template: { spec: POD } } } },
  };
  expect(counts(workload('Job', 'j', {}, POD), test, cron)).toEqual([
    ['Job/j', 0, 1, 0, 1],
    ['Pod/t', 0, 1, 0, 1],
    ['CronJob/c', 0, 2, 0, 2],
  ]);
});

test('a pod of its own stays', () => {
  expect(counts({ kind: 'Pod', metadata: { name: 'p' }, spec: POD })).toEqual([['Pod/p', 1, 0, 1, 0]]);
});

test('a DaemonSet, and what has no pods, is not counted', () => {
  expect(counts(workload('DaemonSet', 'd', {}, POD), { kind: 'Service', metadata: { name: 's' } })).toEqual(
    [],
  );
});
