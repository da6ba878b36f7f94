/** Records that nobody wrote: every combination of what a record may say, the rest drawn. */
import fc from 'fast-check';
import type { Scaling, ScalingSignal, ServiceRecord } from '../../../lib/platform/model';
import {
  APPLICATION_USER,
  MODEL_PROGRESS,
  NO_SPARE_GPU,
  QUICK_START,
  SHUTDOWN,
  SURGE,
  TMP,
} from '../../../lib/platform/patterns';
import { gpuPools } from '../../../lib/platform/pools';
import { secretKeys, type SecretKey } from '../../../lib/platform/secrets';

/** What decides which values a service has, and which objects. */
export interface Traits {
  readonly exposed: boolean;
  readonly minAvailable: boolean;
  readonly gpu: 'none' | 'optional' | 'needed' | 'vllm';
  readonly kubernetes: boolean;
  readonly prefersHighMemory: boolean;
}

const EITHER = [false, true];

/** All there are: 64. */
export const combinations: readonly Traits[] = EITHER.flatMap((exposed) =>
  EITHER.flatMap((minAvailable) =>
    (['none', 'optional', 'needed', 'vllm'] as const).flatMap((gpu) =>
      EITHER.flatMap((kubernetes) =>
        EITHER.map((prefersHighMemory) => ({ exposed, minAvailable, gpu, kubernetes, prefersHighMemory })),
      ),
    ),
  ),
);

const signal: fc.Arbitrary<ScalingSignal> = fc.oneof(
  fc.record({ source: fc.constant('cpu' as const), utilization: fc.integer({ min: 1, max: 100 }) }),
  fc.record({
    source: fc.constantFrom('pods' as const, 'external' as const),
    metric: fc.constantFrom('queue_length', 'DCGM_FI_DEV_GPU_UTIL'),
    averageValue: fc.constantFrom('5', '500m'),
    query: fc.constant('sum(queue_length{SELECTOR})'),
  }),
);

const scaling: fc.Arbitrary<Scaling> = fc
  .record({
    mode: fc.constantFrom('fixed' as const, 'hpa' as const, 'keda' as const),
    replicas: fc.integer({ min: 0, max: 5 }),
    minReplicas: fc.integer({ min: 1, max: 5 }),
    more: fc.nat(5),
    signal,
    secondSignal: fc.option(signal, { nil: undefined }),
  })
  .map(({ more, secondSignal, ...rest }) => ({
    ...rest,
    maxReplicas: rest.minReplicas + more,
    ...(secondSignal === undefined ? {} : { secondSignal }),
  }));

const OPTIONAL_GPU = { gpu: { pool: undefined, count: 1 } };
const neededGpu = fc.record({
  pool: fc.constantFrom(...gpuPools.map(({ name }) => name)),
  count: fc.integer({ min: 1, max: 8 }),
});

type Accelerated =
  | Pick<Extract<ServiceRecord, { vllm?: undefined }>, 'gpu'>
  | Pick<Extract<ServiceRecord, { vllm: object }>, 'gpu' | 'vllm'>;

const GPU: Readonly<Record<Traits['gpu'], fc.Arbitrary<Accelerated>>> = {
  none: fc.constant({}),
  optional: fc.constant(OPTIONAL_GPU),
  needed: neededGpu.map((gpu) => ({ gpu })),
  vllm: neededGpu.map((gpu) => ({ gpu, vllm: { model: 'example/model', servedName: 'model' } })),
};

const JOBS = [{ apiGroups: ['batch'], resources: ['jobs'], verbs: ['create', 'get'] }];

/** Records with these traits; all else is drawn. */
export function recordWith(name: string, traits: Traits): fc.Arbitrary<ServiceRecord> {
  return fc
    .record({
      accelerated: GPU[traits.gpu],
      least: fc.integer({ min: 1, max: 6 }),
      drawn: fc.record({
        scaling,
        rollout: fc.constantFrom(SURGE, NO_SPARE_GPU),
        command: fc.constantFrom([], ['serve', '--all']),
        configuration: fc.boolean(),
        secrets: fc.subarray(Object.keys(secretKeys) as SecretKey[]),
        priority: fc.constantFrom('serving' as const, 'batch' as const),
        calls: fc.subarray(['chunker', 'mineru', 'opensearch', 'kafka', 'internet', 'telemetry']),
      }),
    })
    .map(({ accelerated, least, drawn }) => ({
      name,
      description: `Drawn: ${traitsText(traits)}`,
      image: { repository: name },
      args: [],
      user: APPLICATION_USER,
      port: { container: 8080, service: 80 },
      health: { path: '/health' },
      metricsPath: '/metrics',
      probes: QUICK_START,
      resources: { requests: { cpu: '1' }, limits: { cpu: '2' } },
      progressDeadlineSeconds: MODEL_PROGRESS,
      shutdown: SHUTDOWN,
      scratch: [TMP],
      env: {},
      assumptions: [],
      ...drawn,
      ...accelerated,
      ...(traits.exposed ? { exposed: true } : {}),
      ...(traits.minAvailable ? { minAvailable: least } : {}),
      ...(traits.kubernetes ? { kubernetes: JOBS } : {}),
      ...(traits.prefersHighMemory ? { prefersHighMemory: true } : {}),
    }));
}

/** For names of tests and descriptions. */
export function traitsText({ gpu, ...others }: Traits): string {
  const said = Object.entries(others).flatMap(([trait, holds]) => (holds ? [trait] : []));
  return [`GPU ${gpu}`, ...said].join(', ');
}

/** A record for each of some combinations; the same seed gives the same ones. */
export function drawnRecords(of: readonly Traits[], seed: number): ServiceRecord[] {
  return of.flatMap((traits, i) =>
    fc.sample(recordWith(`drawn-${i}`, traits), { numRuns: 1, seed: seed + i }),
  );
}
