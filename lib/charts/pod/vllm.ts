import type { Container, EnvVar, Volume } from 'cdk8s-plus-28/lib/imports/k8s';
import {
  type Condition,
  type Item,
  type References,
  type Templated,
  type Value,
  choose,
  equals,
  lookupIn,
  nonEmpty,
  or,
  text,
  when,
} from '../../engine';
import { imageOf } from '../helpers/images';
import { nameOf } from '../helpers/names';
import { has, type ScopeWith, type ServiceScope } from '../scope';
import { values as platform } from '../values';
import { everyPod } from './every-pod';
import type { PodFragment } from './fragment';
import { gpuTypeOf } from './placement';
import { quantities } from './resources';
import { CONTAINER_SECURITY } from './security';

/** A service that vLLM serves. */
export type VllmScope = ScopeWith<'vllm'>;

/** The volume with the model. */
export const MODEL_VOLUME = 'model';
/** Where the cache of the hub is mounted. */
export const MODEL_DIRECTORY = '/models';

/** The claim that all replicas share. */
export function sharedClaimName({ record }: ServiceScope): Value<string> {
  return nameOf(record.name, 'model');
}

/** vLLM's arguments, its shared memory and its model, by the type of GPU and the kind of cache. */
export function vllm(service: ServiceScope): PodFragment {
  if (!has(service, 'vllm')) return {};
  const profile = lookupIn(service.values.profiles, gpuTypeOf(service), 'profile');
  const cache = cacheModes(service);
  return {
    args: serverArguments(service, profile),
    env: [
      { name: 'HF_HOME', value: cache.directory },
      // The model is there before the server starts, and the server has no way out.
      { name: 'HF_HUB_OFFLINE', value: '1' },
    ],
    initContainers: [when(cache.perPod, download(service)), when(cache.shared, waitForModel(service))],
    volumes: [
      ...modelVolumes(service, cache),
      { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: profile.sharedMemory } },
    ],
    volumeMounts: [
      when(cache.mounted, { name: MODEL_VOLUME, mountPath: MODEL_DIRECTORY, readOnly: true }),
      { name: 'shm', mountPath: '/dev/shm' },
    ],
  };
}

function serverArguments(
  { values, record }: VllmScope,
  profile: References<{ maxModelLen: number; gpuMemoryUtilization: string }>,
): Item<string>[] {
  return [
    values.model.name,
    when(nonEmpty(values.model.revision), text`--revision=${values.model.revision}`),
    text`--served-model-name=${values.model.servedName}`,
    '--runner=pooling',
    '--dtype=bfloat16',
    text`--tensor-parallel-size=${values.gpu.count}`,
    text`--max-model-len=${profile.maxModelLen}`,
    text`--gpu-memory-utilization=${profile.gpuMemoryUtilization}`,
    `--port=${record.port.container}`,
  ];
}

interface CacheModes {
  readonly shared: Condition;
  readonly perPod: Condition;
  readonly existing: Condition;
  /** Whether there is a volume: only the image needs none. */
  readonly mounted: Condition;
  readonly directory: Value<string>;
}

function cacheModes({ values }: VllmScope): CacheModes {
  const { mode } = values.modelCache;
  const [shared, perPod, existing] = [
    equals(mode, 'shared'),
    equals(mode, 'perPod'),
    equals(mode, 'existingClaim'),
  ];
  return {
    shared,
    perPod,
    existing,
    mounted: or(shared, perPod, existing),
    directory: choose(equals(mode, 'image'), values.modelCache.imagePath, MODEL_DIRECTORY),
  };
}

function modelVolumes(service: VllmScope, cache: CacheModes): Item<Volume>[] {
  const { modelCache } = service.values;
  return [
    when(cache.shared, {
      name: MODEL_VOLUME,
      persistentVolumeClaim: { claimName: sharedClaimName(service), readOnly: true },
    }),
    when(cache.existing, {
      name: MODEL_VOLUME,
      persistentVolumeClaim: { claimName: modelCache.existingClaim, readOnly: true },
    }),
    when(cache.perPod, {
      name: MODEL_VOLUME,
      ephemeral: {
        volumeClaimTemplate: {
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: when(nonEmpty(modelCache.storageClassName), modelCache.storageClassName),
            resources: { requests: { storage: modelCache.size } },
          },
        },
      },
    }),
  ];
}

/** Fetches the model into a volume that is mounted for writing: before the server, or in a Job of its own. */
export function download(service: VllmScope): Templated<Container> & object {
  const { values, record } = service;
  return {
    name: 'download',
    image: imageOf(values.image),
    imagePullPolicy: platform.image.pullPolicy,
    command: ['sh', '-ec', DOWNLOAD_SCRIPT, 'download'],
    args: [
      values.model.name,
      when(nonEmpty(values.model.revision), text`--revision=${values.model.revision}`),
    ],
    env: [...downloadVariables(service), ...everyPod(platform.global).env],
    resources: DOWNLOAD_RESOURCES,
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [
      { name: MODEL_VOLUME, mountPath: MODEL_DIRECTORY },
      ...record.scratch.map(({ name, mountPath }) => ({ name, mountPath })),
    ],
  };
}

/** What the download is told. */
export function downloadVariables(service: VllmScope): Item<EnvVar>[] {
  const { tokenSecret } = service.values.modelCache;
  return [
    ...Object.entries(service.record.env).map(([name, value]) => ({ name, value })),
    { name: 'HF_HOME', value: MODEL_DIRECTORY },
    ...waitVariables(service),
    when(nonEmpty(tokenSecret.name), {
      name: 'HF_TOKEN',
      valueFrom: { secretKeyRef: { name: tokenSecret.name, key: tokenSecret.key } },
    }),
  ];
}

/** What whoever waits for the model is told: where its marker is. */
export function waitVariables(
  service: VllmScope,
): { readonly name: string; readonly value: Value<string> }[] {
  return [{ name: 'MODEL_MARKER', value: markerOf(service) }];
}

/** The arguments are the script's own; the marker comes last, when everything is there. */
const DOWNLOAD_SCRIPT = 'hf download "$@" && mkdir -p "$MODEL_MARKER"';
const WAIT_SCRIPT = 'until [ -d "$MODEL_MARKER" ]; do echo "the model is not there yet"; sleep 5; done';

/** The directory that says that this revision of the model was fetched whole. */
function markerOf({ values }: VllmScope): Value<string> {
  return text`${MODEL_DIRECTORY}/.complete/${values.model.name}@${values.model.revision}`;
}

/** Waits for the Job that fills the shared claim: a server without its model would crash until it is there. */
function waitForModel(service: VllmScope): Templated<Container> & object {
  return {
    name: 'wait-for-model',
    image: imageOf(service.values.image),
    imagePullPolicy: platform.image.pullPolicy,
    command: ['sh', '-ec', WAIT_SCRIPT],
    env: [...waitVariables(service), ...everyPod(platform.global).env],
    resources: WAIT_RESOURCES,
    securityContext: CONTAINER_SECURITY,
    volumeMounts: [{ name: MODEL_VOLUME, mountPath: MODEL_DIRECTORY, readOnly: true }],
  };
}

const WAIT_RESOURCES = {
  requests: quantities({ cpu: '10m', memory: '32Mi', 'ephemeral-storage': '16Mi' }),
  limits: quantities({ cpu: '100m', memory: '64Mi', 'ephemeral-storage': '64Mi' }),
};

const DOWNLOAD_RESOURCES = {
  requests: quantities({ cpu: '500m', memory: '2Gi', 'ephemeral-storage': '1Gi' }),
  limits: quantities({ cpu: '2', memory: '4Gi', 'ephemeral-storage': '13Gi' }),
};
