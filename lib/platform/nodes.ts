import type { GpuType } from './pools';

/** One kind of machine, by quantities of the Kubernetes API. */
export interface NodeType {
  /** Its name at the cloud. */
  readonly instance: string;
  readonly size: Readonly<Record<string, string>>;
  /** What the system, the kubelet and the DaemonSets of the cluster take of it. */
  readonly reserve: Readonly<Record<string, string>>;
}

/** Pods that one node of this size has addresses for at EKS, by its network interfaces. */
const SMALL_PODS = '58';
/** Kubernetes' own limit. */
export const MOST_PODS = '110';

/**
 * The kubelet of EKS keeps 255 MiB and 11 MiB a pod, and evicts below 100 MiB; the system takes some of the memory before.
 * The rest is for the DaemonSets that clusters have: network, volumes, logs, metrics, the driver of the GPUs.
 */
const SMALL_RESERVE = { cpu: '500m', memory: '3Gi', 'ephemeral-storage': '20Gi', pods: '10' };
const LARGE_RESERVE = { cpu: '1', memory: '32Gi', 'ephemeral-storage': '20Gi', pods: '10' };

/** Nodes without GPUs. Nothing says how large they are: this is an example. */
export const cpuNode: NodeType = {
  instance: 'm7i.2xlarge',
  size: { cpu: '8', memory: '32Gi', 'ephemeral-storage': '100Gi', pods: SMALL_PODS },
  reserve: SMALL_RESERVE,
};

/** Nodes by the type of their GPUs. An A100 comes by eight alone. */
export const gpuNodes: Readonly<Record<GpuType, NodeType>> = {
  a10g: {
    instance: 'g5.2xlarge',
    size: {
      cpu: '8',
      memory: '32Gi',
      'nvidia.com/gpu': '1',
      'ephemeral-storage': '200Gi',
      pods: SMALL_PODS,
    },
    reserve: SMALL_RESERVE,
  },
  a100: {
    instance: 'p4d.24xlarge',
    size: {
      cpu: '96',
      memory: '1152Gi',
      'nvidia.com/gpu': '8',
      'ephemeral-storage': '200Gi',
      pods: MOST_PODS,
    },
    reserve: LARGE_RESERVE,
  },
  h100: {
    instance: 'p5.4xlarge',
    size: {
      cpu: '16',
      memory: '256Gi',
      'nvidia.com/gpu': '1',
      'ephemeral-storage': '200Gi',
      pods: MOST_PODS,
    },
    reserve: { ...LARGE_RESERVE, memory: '16Gi' },
  },
};
