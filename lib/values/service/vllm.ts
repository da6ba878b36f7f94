import { Type, type Static } from '@sinclair/typebox';
import type { ServiceRecord } from '../../platform/model';
import { gpuTypes } from '../../platform/pools';
import { vllmProfiles } from '../../platform/vllm';
import { DNS_LABEL, closed, integer, line, oneOf, optionalName, quantity, shared } from '../../engine';
import { defineFacet } from './facet';

const profile = shared(
  'vllmProfile',
  closed({
    maxModelLen: integer('Tokens of one input', 1, 1048576),
    gpuMemoryUtilization: line("Share of the GPU's memory", { pattern: '^0\\.[0-9]{1,3}$' }),
    memory: quantity('Memory of the container, shared memory included; request and limit'),
    sharedMemory: quantity('Size of /dev/shm'),
  }),
);

/** A model that vLLM serves. */
export const vllm = defineFacet({
  has: (record): record is Extract<ServiceRecord, { readonly vllm: object }> => record.vllm !== undefined,
  schema: {
    user: closed({
      uid: integer('User of the process; the image must know it', 1, 2147483647),
      gid: integer('Its group', 1, 2147483647),
    }),
    model: closed({
      name: line('Model on the hub, or a directory', { pattern: '^[A-Za-z0-9._/-]+$', maxLength: 255 }),
      servedName: line('Name under which clients ask for it', {
        pattern: '^[A-Za-z0-9._/-]+$',
        maxLength: 255,
      }),
      revision: line('Commit of the model on the hub; pin it', { pattern: '^$|^[0-9a-f]{40}$' }),
    }),
    modelCache: closed({
      mode: oneOf(
        'Where the weights come from: a shared claim filled by a Job, a volume a pod, an existing claim, the image',
        ['shared', 'perPod', 'existingClaim', 'image'],
      ),
      size: quantity('Size of the volume (shared, perPod)'),
      storageClassName: optionalName(
        "StorageClass (shared: one that can be mounted by many; perPod); empty is the cluster's default",
      ),
      existingClaim: optionalName('A claim that holds the model (existingClaim)'),
      imagePath: line('Directory of the image that holds the cache of the hub (image)', {
        pattern: '^/[A-Za-z0-9._/-]+$',
        maxLength: 255,
      }),
      tokenSecret: closed({
        name: optionalName('A Secret with a token of the hub, for the download alone; empty for none'),
        key: line('Its key', { pattern: '^[A-Za-z0-9._-]+$', maxLength: 253 }),
      }),
    }),
    profiles: Type.Unsafe<Record<string, Static<typeof profile>>>({
      type: 'object',
      description: 'What the server gets on each type of GPU',
      propertyNames: { pattern: DNS_LABEL },
      additionalProperties: profile,
    }),
  },
  defaults: ({ user, vllm: { model, servedName } }) => ({
    user: { ...user },
    model: { name: model, servedName, revision: '' },
    modelCache: {
      mode: 'shared' as const,
      size: '50Gi',
      storageClassName: '',
      existingClaim: '',
      imagePath: '/models',
      tokenSecret: { name: '', key: 'HF_TOKEN' },
    },
    profiles: Object.fromEntries(gpuTypes.map((type) => [type, { ...vllmProfiles[type] }])),
  }),
});
