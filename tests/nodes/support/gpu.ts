import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { valuesKey } from '../../../lib/platform/model';
import { GPU_NODE_LABEL, GPU_RESOURCE, GPU_TYPE_LABEL, POOL_TAINT } from '../../../lib/platform/pools';
import { services } from '../../../lib/platform/services';
import type { JsonObject } from '../../../lib/engine';
import { controlPlane } from '../../cluster/support/environment';
import { kubectl } from '../../cluster/support/kubectl';
import { LIMITS } from './values';

const NODE = 'real-2';
/** A node is in one pool: the services share it. */
const POOL = 'vllm-gpu';
const TYPE = 'a100';
const gpuServices = services.filter((record) => 'gpu' in record && record.gpu.pool !== undefined);

/** Makes the second node one with GPUs, as the device plugin and a node group do; undone by `takeGpus`. */
export async function giveGpus(): Promise<void> {
  const gpus = { [GPU_RESOURCE]: String(gpuServices.length) };
  const patch = { status: { capacity: gpus, allocatable: gpus } };
  await kubectl([
    ...['patch', 'node', NODE, '--subresource=status', '--type=merge', '--patch'],
    JSON.stringify(patch),
  ]);
  await kubectl(['label', 'node', NODE, `${GPU_NODE_LABEL}=true`, `${GPU_TYPE_LABEL}=${TYPE}`]);
  await kubectl([
    ...['taint', 'node', NODE, `${POOL_TAINT}=${POOL}:NoSchedule`, `${GPU_RESOURCE}=present:NoSchedule`],
  ]);
  // What is below the kubelet's folder on the node is below its state for us.
  const folder = join(String(controlPlane), 'real', NODE, 'kubelet/model');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  await kubectl(['apply', '--server-side', '-f', '-'], JSON.stringify(modelVolume()));
}

/** Leaves the node as others expect it. */
export async function takeGpus(): Promise<void> {
  const gone = { [GPU_RESOURCE]: null };
  const patch = { status: { capacity: gone, allocatable: gone } };
  await kubectl(['label', 'node', NODE, `${GPU_NODE_LABEL}-`, `${GPU_TYPE_LABEL}-`]);
  await kubectl(['taint', 'node', NODE, `${POOL_TAINT}-`, `${GPU_RESOURCE}-`]);
  await kubectl([
    ...['patch', 'node', NODE, '--subresource=status', '--type=merge', '--patch'],
    JSON.stringify(patch),
  ]);
  await kubectl(['delete', 'persistentvolume', 'model', '--ignore-not-found']);
}

/** A volume that is there: nothing provisions one on these nodes. */
function modelVolume(): object {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'model' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '50Gi' },
      storageClassName: 'made-by-hand',
      persistentVolumeReclaimPolicy: 'Retain',
      local: { path: '/var/lib/kubelet/model' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [NODE] }] },
          ],
        },
      },
    },
  };
}

/** The GPU services, on that node, with little memory. */
export const GPU_VALUES: JsonObject = Object.fromEntries(
  gpuServices.map((record) => [
    valuesKey(record.name),
    {
      enabled: true,
      gpu: { pool: POOL },
      ...('vllm' in record
        ? {
            modelCache: { storageClassName: 'made-by-hand' },
            profiles: { [TYPE]: { memory: LIMITS.memory, sharedMemory: '16Mi' } },
          }
        : {}),
    },
  ]),
);
