import { Type, type Static } from '@sinclair/typebox';
import { gpuPools, gpuTypes } from '../../platform/pools';
import { DNS_LABEL, closed, group, oneOf } from '../../engine';

const pool = closed({ gpuType: oneOf('Type of the GPUs, the label gpu_type of the nodes', gpuTypes) });
export const gpu = group(
  closed(
    {
      pools: Type.Unsafe<Record<string, Static<typeof pool>>>({
        type: 'object',
        description:
          'Pools of GPU nodes by name. Nodes carry gpu=true, gpu_type=TYPE and the taint dedicated=POOL:NoSchedule',
        propertyNames: { pattern: DNS_LABEL, maxLength: 63 },
        additionalProperties: pool,
      }),
    },
    'GPU nodes',
  ),
  {
    pools: Object.fromEntries(gpuPools.map(({ name, gpuType }) => [name, { gpuType }])),
  },
);
