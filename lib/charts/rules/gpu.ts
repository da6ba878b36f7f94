import { services } from '../../platform/services';
import { valuesKey } from '../../platform/model';
import { type Rule, and, equals, hasRow, nonEmpty, not, someKeyMatches } from '../../engine';
import { has, scopeOf } from '../scope';
import { gpuOf, gpuTypeOf, type GpuServiceScope } from '../pod/placement';
import type { VllmScope } from '../pod/vllm';
import { values } from '../values';

/** Labels of nodes that follow from the pool. */
const GPU_LABELS = '^(gpu|gpu_type)$';

/** Rules about services that run on GPUs. */
export const gpuRules: readonly Rule[] = services.flatMap((record) => {
  const gpu = gpuOf(scopeOf(record));
  return gpu === undefined ? [] : rulesOf(gpu.service);
});

/** The knobs of all services reach those with GPUs too. */
export const gpuDefaultsRules: readonly Rule[] = (
  [
    ['defaults.nodeSelector', values.defaults.nodeSelector],
    ['global.pods.nodeSelector', values.global.pods.nodeSelector],
  ] as const
).map(([path, nodeSelector]) => ({
  path,
  broken: someKeyMatches(nodeSelector, GPU_LABELS),
  sentence: 'must not set gpu or gpu_type: they come from the pools of the services',
}));

function rulesOf(service: GpuServiceScope): Rule[] {
  const { record, values: own } = service;
  const path = `services.${valuesKey(record.name)}`;
  return [
    {
      path: `${path}.gpu.pool`,
      broken: and(own.enabled, nonEmpty(own.gpu.pool), not(hasRow(values.gpu.pools, own.gpu.pool))),
      sentence: 'must be a pool of gpu.pools: add the pool there, or name another one',
    },
    {
      path: `${path}.nodeSelector`,
      broken: someKeyMatches(own.nodeSelector, GPU_LABELS),
      sentence: 'must not set gpu or gpu_type: they come from the pool in gpu.pool',
    },
    ...(['requests', 'limits'] as const).map((kind) => ({
      path: `${path}.resources.${kind}`,
      broken: someKeyMatches(
        own.resources[kind] as never,
        record.vllm ? '^(nvidia\\.com/gpu|memory)$' : '^nvidia\\.com/gpu$',
      ),
      sentence: record.vllm
        ? 'must not set nvidia.com/gpu or memory: they come from gpu.count and from profiles'
        : 'must not set nvidia.com/gpu: it comes from gpu.count',
    })),
    ...(has(service, 'vllm') ? vllmRules(service, path) : []),
  ];
}

function vllmRules(service: VllmScope, path: string): Rule[] {
  const { values: own } = service;
  const { modelCache } = own;
  return [
    {
      path: `${path}.profiles`,
      broken: and(
        own.enabled,
        hasRow(values.gpu.pools, own.gpu.pool),
        not(hasRow(own.profiles, gpuTypeOf(service))),
      ),
      sentence:
        "must have a row for the type of GPU in the service's pool: add one with maxModelLen, gpuMemoryUtilization, memory and sharedMemory",
    },
    {
      path: `${path}.modelCache.existingClaim`,
      broken: and(
        own.enabled,
        equals(modelCache.mode, 'existingClaim'),
        not(nonEmpty(modelCache.existingClaim)),
      ),
      sentence: 'must name a claim when modelCache.mode is existingClaim',
    },
  ];
}
