/** Pools of GPU nodes. Label, taint and, later, the node groups all come from this table. */
export interface GpuPool {
  readonly name: string;
  readonly gpuType: GpuType;
}

export const gpuTypes = ['a100', 'h100', 'a10g'] as const;
export type GpuType = (typeof gpuTypes)[number];

export const gpuPools: readonly GpuPool[] = [
  { name: 'mineru-gpu', gpuType: 'a10g' },
  { name: 'vllm-gpu', gpuType: 'a100' },
  { name: 'splade-gpu', gpuType: 'a10g' },
];

/** The label that every GPU node carries from its birth. */
export const GPU_NODE_LABEL = 'gpu';
/** The label with the type of its GPUs. */
export const GPU_TYPE_LABEL = 'gpu_type';
/** `dedicated=<pool>:NoSchedule` keeps everything else away. */
export const POOL_TAINT = 'dedicated';
/** The device plugin's own taint and resource. */
export const GPU_RESOURCE = 'nvidia.com/gpu';
/** Nodes with much memory carry `memory=high`. */
export const HIGH_MEMORY_LABEL = { key: 'memory', value: 'high' };

/** A taint as the Kubernetes API spells it. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule';
}

/** What every node of a pool carries from its birth; pods ask for the labels and tolerate the taints. */
export function gpuNode(pool: string, gpuType: string): { labels: Record<string, string>; taints: Taint[] } {
  return {
    labels: { [GPU_NODE_LABEL]: 'true', [GPU_TYPE_LABEL]: gpuType },
    taints: [
      { key: POOL_TAINT, value: pool, effect: 'NoSchedule' },
      { key: GPU_RESOURCE, value: 'present', effect: 'NoSchedule' },
    ],
  };
}
