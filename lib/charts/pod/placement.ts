import type {
  Affinity,
  NodeSelectorTerm,
  Toleration,
  TopologySpreadConstraint,
} from 'cdk8s-plus-28/lib/imports/k8s';
import {
  GPU_NODE_LABEL,
  GPU_RESOURCE,
  GPU_TYPE_LABEL,
  HIGH_MEMORY_LABEL,
  POOL_TAINT,
} from '../../platform/pools';
import {
  type Condition,
  type Item,
  type Templated,
  type TextMap,
  type Value,
  lookupIn,
  nonEmpty,
  not,
  when,
} from '../../engine';
import { selectorLabelsOf } from '../helpers/labels';
import { has, type ScopeWith, type ServiceScope } from '../scope';
import { values as platform } from '../values';

/** A service that runs on GPUs, or may. */
export type GpuServiceScope = ScopeWith<'gpu'> | ScopeWith<'maybeGpu'>;

/** Whether a service runs on GPUs: by its record, or by a value. */
export function gpuOf(
  service: ServiceScope,
): { service: GpuServiceScope; condition: Condition | 'always' } | undefined {
  if (has(service, 'gpu')) return { service, condition: 'always' };
  if (has(service, 'maybeGpu')) return { service, condition: nonEmpty(service.values.gpu.pool) };
  return undefined;
}

/** The type of GPU in the service's pool. */
export function gpuTypeOf({ values }: GpuServiceScope): Value<string> {
  return lookupIn(platform.gpu.pools, values.gpu.pool, 'pool').gpuType;
}

/** Labels of the nodes that a GPU pod needs: an operator's affinity, which replaces ours, cannot undo them. */
export function gpuNodes(service: ServiceScope): TextMap {
  const gpu = gpuOf(service);
  if (gpu === undefined) return {};
  const { condition } = gpu;
  const labels = { [GPU_NODE_LABEL]: 'true', [GPU_TYPE_LABEL]: gpuTypeOf(gpu.service) };
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [
      key,
      condition === 'always' ? value : when(condition, value),
    ]),
  );
}

/** On its own pool a GPU pod is welcome; nothing else is. */
export function gpuTolerations(service: ServiceScope): Item<Toleration>[] {
  const gpu = gpuOf(service);
  if (gpu === undefined) return [];
  const tolerations = [
    { key: POOL_TAINT, operator: 'Equal', value: gpu.service.values.gpu.pool, effect: 'NoSchedule' },
    { key: GPU_RESOURCE, operator: 'Exists', effect: 'NoSchedule' },
  ];
  const { condition } = gpu;
  return condition === 'always' ? tolerations : tolerations.map((toleration) => when(condition, toleration));
}

/** GPU pods on nodes with their type of GPU, all others on nodes without. */
export function placement(service: ServiceScope): Templated<Affinity> {
  const { record } = service;
  const gpu = gpuOf(service);
  const terms = gpu === undefined ? [WITHOUT_GPU] : withGpu(gpu);
  return {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms },
      ...(record.prefersHighMemory ? { preferredDuringSchedulingIgnoredDuringExecution: [HIGH_MEMORY] } : {}),
    },
  };
}

/** For pods of ours that are no service. */
export function placementOffGpus(): Affinity {
  return {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [WITHOUT_GPU] } },
  };
}

const WITHOUT_GPU: NodeSelectorTerm = {
  matchExpressions: [{ key: GPU_NODE_LABEL, operator: 'NotIn', values: ['true'] }],
};

const HIGH_MEMORY = {
  weight: 50,
  preference: {
    matchExpressions: [{ key: HIGH_MEMORY_LABEL.key, operator: 'In', values: [HIGH_MEMORY_LABEL.value] }],
  },
};

function withGpu({ service, condition }: NonNullable<ReturnType<typeof gpuOf>>): Item<NodeSelectorTerm>[] {
  const term = {
    matchExpressions: [
      { key: GPU_NODE_LABEL, operator: 'In', values: ['true'] },
      { key: GPU_TYPE_LABEL, operator: 'In', values: [gpuTypeOf(service)] },
    ],
  };
  return condition === 'always' ? [term] : [when(condition, term), when(not(condition), WITHOUT_GPU)];
}

/** Replicas over zones first, then over hosts; a soft rule, since a pod that waits serves nobody. */
export function topologySpread(component: string): Item<TopologySpreadConstraint>[] {
  return ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((topologyKey) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector: { matchLabels: selectorLabelsOf(component) },
  }));
}
