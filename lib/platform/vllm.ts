import type { GpuType } from './pools';

/** What vLLM gets on one type of GPU: final figures, since templates cannot compute with quantities. */
export interface VllmProfile {
  /** Tokens of one input. */
  readonly maxModelLen: number;
  /** Share of the GPU's memory, as vLLM reads it. */
  readonly gpuMemoryUtilization: string;
  /** Request and limit of the container, shared memory included. */
  readonly memory: string;
  readonly sharedMemory: string;
}

/** 8B parameters in bfloat16 are some 17 GiB: a 24 GB A10G leaves room for 8,192 tokens alone. */
export const vllmProfiles: Readonly<Record<GpuType, VllmProfile>> = {
  a100: { maxModelLen: 32768, gpuMemoryUtilization: '0.92', memory: '28Gi', sharedMemory: '4Gi' },
  h100: { maxModelLen: 32768, gpuMemoryUtilization: '0.92', memory: '28Gi', sharedMemory: '4Gi' },
  a10g: { maxModelLen: 8192, gpuMemoryUtilization: '0.90', memory: '24Gi', sharedMemory: '2Gi' },
};
