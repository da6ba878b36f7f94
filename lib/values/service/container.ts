import { Type, type Static } from '@sinclair/typebox';
import type { ServiceRecord } from '../../platform/model';
import { QUANTITY, closed, integer, line, shared } from '../../engine';

const REGISTRY = '^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$';
const TAG = '^[A-Za-z0-9_][A-Za-z0-9_.-]*$';

const repository = line('Repository, below the registry', {
  pattern: '^[a-z0-9]+([._/-]+[a-z0-9]+)*$',
  maxLength: 255,
});
const digest = line('Digest; wins over the tag', {
  pattern: '^$|^sha256:[0-9a-f]{64}$',
  examples: ['sha256:…64 hexadecimal digits'],
});

/** The image of a container. */
export const image = shared(
  'image',
  closed({
    registry: line('Registry of an image that is not ours; empty takes image.registry and the prefix', {
      pattern: `^$|${REGISTRY}`,
      maxLength: 255,
    }),
    repository,
    tag: line('Tag; empty takes image.tag', { pattern: `^$|${TAG}`, maxLength: 128 }),
    digest,
  }),
);

/** The image of a container that nothing else says a part of. */
export const wholeImage = shared(
  'wholeImage',
  closed({
    registry: line('Registry; global.imageRegistry wins', { pattern: REGISTRY, maxLength: 255 }),
    repository,
    tag: line('Tag', { pattern: TAG, maxLength: 128 }),
    digest,
  }),
);

const quantities = Type.Unsafe<Record<string, string | number>>({
  type: 'object',
  propertyNames: { pattern: '^[a-z0-9./-]+$' },
  additionalProperties: {
    anyOf: [
      { type: 'string', pattern: QUANTITY, maxLength: 32 },
      { type: 'integer', minimum: 0, maximum: 1000000 },
    ],
  },
});

/** Requests and limits of the main container. */
export const resources = shared(
  'resources',
  Type.Object(
    { requests: Type.Optional(quantities), limits: Type.Optional(quantities) },
    { additionalProperties: false, description: 'Requests and limits of the main container' },
  ),
);

const probe = shared(
  'probe',
  closed({
    periodSeconds: integer('Seconds between two attempts', 1, 3600),
    timeoutSeconds: integer('Seconds that an attempt may take', 1, 300),
    failureThreshold: integer('Failed attempts until the kubelet acts', 1, 1000),
  }),
);

/** How the kubelet asks a pod. */
export const probes = closed({ startup: probe, readiness: probe, liveness: probe });

/** Requests and limits, with room for everything that the pod may write to its node's disk. */
export function resourceDefaults({
  resources: { requests, limits },
  scratch,
}: ServiceRecord): Static<typeof resources> {
  const onDisk = scratch
    .filter(({ memory }) => memory === undefined)
    .map(({ sizeLimit }) => gibibytes(sizeLimit));
  const total = onDisk.reduce((sum, size) => sum + size, 0);
  return {
    requests: { ...requests, 'ephemeral-storage': '1Gi' },
    // The writable layer and the logs come on top of the volumes.
    limits: { ...limits, 'ephemeral-storage': `${total + 1}Gi` },
  };
}

function gibibytes(size: string): number {
  const match = /^(\d+)Gi$/.exec(size);
  if (match === null) throw new Error(`the size of a scratch directory is in Gi: ${size}`);
  return Number(match[1]);
}
