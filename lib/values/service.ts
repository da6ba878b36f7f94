import { Type, type Static, type TProperties } from '@sinclair/typebox';
import type { ScalingSignal, ServiceRecord } from '../platform/model';
import { gpuTypes } from '../platform/pools';
import { vllmProfiles } from '../platform/vllm';
import { optionalKnobs } from './knobs';
import {
  CIDR,
  closed,
  DNS_LABEL,
  DNS_SUBDOMAIN,
  flag,
  integer,
  line,
  lines,
  oneOf,
  QUANTITY,
  shared,
  stringMap,
} from './shapes';

/** The values of one service. Which members a service has follows from its record. */

const optionalName = (description: string): ReturnType<typeof line> =>
  line(description, { pattern: `^$|${DNS_SUBDOMAIN}`, maxLength: 253 });

/** The image of a container. */
export const image = shared(
  'image',
  closed({
    registry: line('Registry of an image that is not ours; empty takes image.registry and the prefix', {
      pattern: '^$|^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$',
      maxLength: 255,
    }),
    repository: line('Repository, below the registry', {
      pattern: '^[a-z0-9]+([._/-]+[a-z0-9]+)*$',
      maxLength: 255,
    }),
    tag: line('Tag; empty takes image.tag', { pattern: '^$|^[A-Za-z0-9_][A-Za-z0-9_.-]*$', maxLength: 128 }),
    digest: line('Digest; wins over the tag', {
      pattern: '^$|^sha256:[0-9a-f]{64}$',
      examples: ['sha256:…64 hexadecimal digits'],
    }),
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

const resources = shared(
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

const THRESHOLD = '^[0-9]+(\\.[0-9]+)?$';

const metricsLine = (description: string): ReturnType<typeof line> => line(description, { maxLength: 1024 });

const metricSettings = {
  utilization: integer('Target share of the requested CPU, in percent (cpu)', 1, 100),
  name: line('Name of the metric, as its adapter serves it (pods, external)', {
    pattern: '^[A-Za-z][A-Za-z0-9_-]*$',
    maxLength: 253,
  }),
  averageValue: line('Target average a pod, as a quantity (pods, external)', {
    pattern: '^[1-9][0-9]*m?$',
    maxLength: 16,
  }),
  matchLabels: stringMap('Labels that choose the series (external)'),
};

const hpaMetric = closed({
  source: oneOf('What it looks at: the CPU, a metric of the pods, or an external metric', [
    'cpu',
    'pods',
    'external',
  ]),
  ...metricSettings,
});

const secondHpaMetric = closed(
  {
    source: oneOf('What it looks at besides, if anything', ['none', 'cpu', 'pods', 'external']),
    ...metricSettings,
  },
  'A second metric: the one that asks for more pods counts',
);

const scaling = shared(
  'scaling',
  closed({
    mode: oneOf('Who sets the number of pods; only the settings of that mode count', [
      'fixed',
      'hpa',
      'keda',
    ]),
    fixed: closed({ replicas: integer('Pods', 0, 1000) }, 'The chart sets it'),
    hpa: closed(
      {
        minReplicas: integer('Least number of pods', 1, 1000),
        maxReplicas: integer('Greatest number of pods', 1, 1000),
        metric: hpaMetric,
        secondMetric: secondHpaMetric,
        scaleUpStabilizationSeconds: integer(
          'Seconds that the need must stay high before pods are added',
          0,
          3600,
        ),
        scaleUpPercent: integer('Pods added in one period at most, in percent of those there', 1, 1000),
        scaleUpPeriodSeconds: integer('Length of that period', 1, 1800),
        scaleDownStabilizationSeconds: integer(
          'Seconds that the need must stay low before pods are taken away',
          0,
          3600,
        ),
        scaleDownPods: integer('Pods taken away in one period at most', 1, 1000),
        scaleDownPeriodSeconds: integer('Length of that period', 1, 1800),
      },
      'A HorizontalPodAutoscaler sets it',
    ),
    keda: closed(
      {
        minReplicas: integer('Least number of pods', 1, 1000),
        maxReplicas: integer('Greatest number of pods', 1, 1000),
        pollingInterval: integer('Seconds between two queries', 1, 3600),
        cooldownPeriod: integer('Seconds that the need must stay low before pods are taken away', 0, 3600),
        query: metricsLine('PromQL that yields one element; empty takes the one of the service'),
        threshold: line('Target value a pod', { pattern: THRESHOLD, maxLength: 16 }),
        secondQuery: metricsLine(
          'PromQL of a second trigger, the one that asks for more pods counts; empty takes the one of the service, if any',
        ),
        secondThreshold: line('Its target value a pod; empty for no second trigger', {
          pattern: `^$|${THRESHOLD}`,
          maxLength: 16,
        }),
        fallbackReplicas: integer('Least number of pods while Prometheus does not answer', 1, 1000),
      },
      'A KEDA ScaledObject sets it, by a query to monitoring.prometheusUrl',
    ),
  }),
);

const disruptionBudget = {
  enabled: flag('Limit how many pods a drain may take at once; never for a single pod'),
  maxUnavailable: integer('Pods that may be missing', 1, 1000),
};

/** Members that every service has. */
const common = {
  enabled: flag('Deploy this service'),
  image,
  command: lines("Command instead of the image's"),
  args: lines('Arguments; added after the ones that we compute'),
  resources,
  scaling,
  rollout: closed({
    maxSurge: integer('Pods beyond the replicas during an update', 0, 100),
    maxUnavailable: integer('Pods that may be missing during an update', 0, 100),
  }),
  probes: closed({ startup: probe, readiness: probe, liveness: probe }),
  progressDeadlineSeconds: integer(
    'Seconds until a rollout that makes no progress is called failed',
    1,
    86400,
  ),
  preStopSeconds: integer('Seconds that a pod goes on serving after it was taken out of its Service', 0, 600),
  terminationGracePeriodSeconds: integer('Seconds that a pod has to end, the former included', 1, 3600),
  servicePort: integer('Port of the Service', 1, 65535),
  serviceAccount: closed({
    create: flag('Make a ServiceAccount'),
    name: optionalName('Its name; empty takes the name of the service'),
    annotations: stringMap('Its annotations, such as eks.amazonaws.com/role-arn'),
  }),
  ...optionalKnobs,
} satisfies TProperties;

const service = closed({ ...common, disruptionBudget: closed(disruptionBudget) });

const exposedService = closed({
  ...common,
  disruptionBudget: closed({
    ...disruptionBudget,
    minAvailable: integer(
      'Pods that must stay, where the least number of pods is larger; otherwise maxUnavailable counts',
      1,
      1000,
    ),
  }),
  exposure: closed({
    type: oneOf('Type of the Service', ['ClusterIP', 'NodePort', 'LoadBalancer']),
    nodePort: integer('Port on the nodes (NodePort, LoadBalancer); 0 lets the cluster choose', 0, 32767),
    loadBalancerSourceRanges: Type.Array(line('', { pattern: CIDR }), {
      description: 'Networks that may reach the load balancer (LoadBalancer)',
    }),
  }),
});

const gpu = { count: integer('GPUs a pod', 1, 16) };
const gpuService = closed({
  ...common,
  disruptionBudget: closed(disruptionBudget),
  gpu: closed({ pool: line('A pool of gpu.pools', { pattern: DNS_LABEL, maxLength: 63 }), ...gpu }),
});
const maybeGpuService = closed({
  ...common,
  disruptionBudget: closed(disruptionBudget),
  gpu: closed({
    pool: line('A pool of gpu.pools, to run a model in the pod; empty for none', {
      pattern: `^$|${DNS_LABEL}`,
      maxLength: 63,
    }),
    ...gpu,
  }),
});

const vllmService = closed({
  ...gpuService.properties,
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
    size: line('Size of the volume (shared, perPod)', { pattern: QUANTITY, maxLength: 32 }),
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
  profiles: Type.Unsafe<Record<string, VllmProfileValues>>({
    type: 'object',
    description: 'What the server gets on each type of GPU',
    propertyNames: { pattern: DNS_LABEL },
    additionalProperties: { $ref: '#/definitions/vllmProfile' },
  }),
});

const vllmProfile = closed({
  maxModelLen: integer('Tokens of one input', 1, 1048576),
  gpuMemoryUtilization: line("Share of the GPU's memory", { pattern: '^0\\.[0-9]{1,3}$' }),
  memory: line('Memory of the container, shared memory included; request and limit', {
    pattern: QUANTITY,
    maxLength: 32,
  }),
  sharedMemory: line('Size of /dev/shm', { pattern: QUANTITY, maxLength: 32 }),
});
shared('vllmProfile', vllmProfile);
type VllmProfileValues = Static<typeof vllmProfile>;

export const serviceShapes = {
  service: shared('service', service),
  exposedService: shared('exposedService', exposedService),
  gpuService: shared('gpuService', gpuService),
  maybeGpuService: shared('maybeGpuService', maybeGpuService),
  vllmService: shared('vllmService', vllmService),
};

export type ServiceValues = Static<typeof service>;
export type ExposedServiceValues = Static<typeof exposedService>;
export type GpuServiceValues = Static<typeof gpuService>;
export type VllmServiceValues = Static<typeof vllmService>;

/** The values of a service with a given record. */
export type ValuesOf<R extends ServiceRecord> = R extends { vllm: object }
  ? VllmServiceValues
  : R extends { gpu: object }
    ? GpuServiceValues
    : R extends { exposed: true }
      ? ExposedServiceValues
      : ServiceValues;

/** The shape of the values of a service. */
export function shapeOf(record: ServiceRecord): keyof typeof serviceShapes {
  if (record.vllm) return 'vllmService';
  if (record.gpu) return record.gpu.pool === undefined ? 'maybeGpuService' : 'gpuService';
  return record.exposed ? 'exposedService' : 'service';
}

/** What the chart starts with for a service. */
export function defaultsOf(record: ServiceRecord): ServiceValues {
  const { signal, secondSignal } = record.scaling;
  return {
    enabled: true,
    image: {
      registry: record.image.registry ?? '',
      repository: record.image.repository,
      tag: record.image.tag ?? '',
      digest: '',
    },
    command: [...record.command],
    args: [...record.args],
    resources: resourcesOf(record),
    scaling: {
      mode: record.scaling.mode,
      fixed: { replicas: record.scaling.replicas },
      hpa: {
        minReplicas: record.scaling.minReplicas,
        maxReplicas: record.scaling.maxReplicas,
        metric: { source: signal.source, ...settingsOf(signal) },
        secondMetric: { source: secondSignal?.source ?? 'none', ...settingsOf(secondSignal) },
        scaleUpStabilizationSeconds: 0,
        scaleUpPercent: 100,
        scaleUpPeriodSeconds: 60,
        // A pod that is taken away too early costs a model load; one that comes too late costs latency.
        scaleDownStabilizationSeconds: record.gpu ? 600 : 300,
        scaleDownPods: 1,
        scaleDownPeriodSeconds: 60,
      },
      keda: {
        minReplicas: record.scaling.minReplicas,
        maxReplicas: record.scaling.maxReplicas,
        pollingInterval: 15,
        cooldownPeriod: 600,
        query: '',
        threshold: thresholdOf(signal),
        secondQuery: '',
        secondThreshold: secondSignal === undefined ? '' : thresholdOf(secondSignal),
        fallbackReplicas: record.scaling.minReplicas,
      },
    },
    disruptionBudget: {
      enabled: true,
      maxUnavailable: 1,
      ...(record.minAvailable === undefined ? {} : { minAvailable: record.minAvailable }),
    },
    rollout: { ...record.rollout },
    probes: structuredClone(record.probes),
    progressDeadlineSeconds: record.progressDeadlineSeconds,
    preStopSeconds: record.shutdown.preStopSeconds,
    terminationGracePeriodSeconds: record.shutdown.gracePeriodSeconds,
    servicePort: record.port.service,
    serviceAccount: { create: true, name: '', annotations: {} },
    ...(record.exposed ? { exposure: { type: 'ClusterIP', nodePort: 0, loadBalancerSourceRanges: [] } } : {}),
    ...(record.gpu ? { gpu: { pool: record.gpu.pool ?? '', count: record.gpu.count } } : {}),
    ...(record.vllm ? vllmDefaults(record, record.vllm) : {}),
  };
}

type MetricSettings = Omit<ServiceValues['scaling']['hpa']['metric'], 'source'>;

/** What a signal sets; the rest is there for who changes the source. */
function settingsOf(signal: ScalingSignal | undefined): MetricSettings {
  const settings = {
    utilization: 70,
    name: 'http_requests_per_second',
    averageValue: '25',
    matchLabels: {},
  };
  if (signal === undefined) return settings;
  return signal.source === 'cpu'
    ? { ...settings, utilization: signal.utilization }
    : { ...settings, name: signal.metric, averageValue: signal.averageValue };
}

/** Prometheus counts CPUs, not percent of what is requested. */
function thresholdOf(signal: ScalingSignal): string {
  return signal.source === 'cpu' ? '1' : signal.averageValue;
}

/** Requests and limits, with room for everything that the pod may write to its node's disk. */
function resourcesOf({
  resources: { requests, limits },
  scratch,
}: ServiceRecord): ServiceValues['resources'] {
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

function vllmDefaults(
  { user }: ServiceRecord,
  vllm: NonNullable<ServiceRecord['vllm']>,
): Pick<VllmServiceValues, 'user' | 'model' | 'modelCache' | 'profiles'> {
  return {
    user: { ...user },
    model: { name: vllm.model, servedName: vllm.servedName, revision: '' },
    modelCache: {
      mode: 'shared',
      size: '50Gi',
      storageClassName: '',
      existingClaim: '',
      imagePath: '/models',
      tokenSecret: { name: '', key: 'HF_TOKEN' },
    },
    profiles: Object.fromEntries(gpuTypes.map((type) => [type, { ...vllmProfiles[type] }])),
  };
}
