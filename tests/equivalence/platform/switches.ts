import fc from 'fast-check';
import { valuesKey, type ServiceRecord } from '../../../lib/platform/model';
import { services } from '../../../lib/platform/services';
import type { Json, JsonObject } from '../../../lib/engine';
import { everyPart } from '../../../lib/umbrella/parts';
import type { Override } from '../documents/draft';
import { entriesByPath, overridesOf, type DrawnValues } from '../documents/drawn-values';

/** Values that belong together: a mode is switched on, and what counts in that mode is changed. */
interface Switch {
  readonly on: Readonly<Record<string, Json>>;
  /** Where further leaves are changed. */
  readonly under: string;
}

/** The flows need all services that their steps run as. */
export const FLOWS: Readonly<Record<string, Json>> = {
  'airflow.enabled': true,
  ...Object.fromEntries(services.map(({ name }) => [`services.${valuesKey(name)}.enabled`, true])),
};

const PLATFORM: readonly Switch[] = [
  { under: 'airflow', on: FLOWS },
  { under: 'airflow', on: { ...FLOWS, 'airflow.namespace': 'airflow' } },
  { under: 'airflow.storage', on: { ...FLOWS, 'airflow.storage.existingClaim': 'shared' } },
  { under: 'ingress', on: { 'ingress.enabled': true, 'ingress.host': 'api.example.org' } },
  {
    under: 'gateway',
    on: { 'gateway.enabled': true, 'gateway.host': 'api.example.org', 'gateway.parentRef.name': 'edge' },
  },
  { under: 'secrets', on: { 'secrets.backend': 'externalSecrets' } },
  { under: 'secrets', on: { 'secrets.backend': 'vaultAgent' } },
  { under: 'secrets', on: { 'secrets.backend': 'existingSecret', 'secrets.reloader': true } },
  { under: 'monitoring', on: { 'monitoring.serviceMonitors.enabled': true } },
  { under: 'priorityClasses', on: { 'priorityClasses.create': false } },
  { under: 'network', on: { 'network.policies': true } },
  { under: 'network', on: { 'network.policies': false } },
  { under: 'hooks', on: { 'hooks.validateConfiguration': false } },
  { under: 'tests', on: { 'tests.enabled': false } },
  { under: 'external', on: {} },
  { under: 'global', on: {} },
  { under: 'api', on: {} },
  { under: 'image', on: {} },
  { under: 'defaults', on: {} },
  {
    under: 'services.api.exposure',
    on: {
      'services.api.exposure.type': 'LoadBalancer',
      'services.api.exposure.nodePort': 30080,
      'services.api.exposure.loadBalancerSourceRanges': ['10.0.0.0/8'],
    },
  },
  {
    under: 'services.api.exposure',
    on: { 'services.api.exposure.type': 'NodePort', 'services.api.exposure.nodePort': 32767 },
  },
  { under: 'services.api.disruptionBudget', on: {} },
  { under: 'services.qwenEmbedVllm', on: { 'services.qwenEmbedVllm.modelCache.mode': 'perPod' } },
  { under: 'services.qwenEmbedVllm', on: { 'services.qwenEmbedVllm.modelCache.mode': 'image' } },
  {
    under: 'services.qwenEmbedVllm',
    on: {
      'services.qwenEmbedVllm.modelCache.mode': 'existingClaim',
      'services.qwenEmbedVllm.modelCache.existingClaim': 'models',
    },
  },
  {
    under: 'services.qwenEmbedVllm.modelCache',
    on: { 'services.qwenEmbedVllm.modelCache.tokenSecret.name': 'hub' },
  },
];

const OPTIONAL_GPU = (services as readonly ServiceRecord[])
  .filter(({ gpu }) => gpu !== undefined && gpu.pool === undefined)
  .map(({ name }) => valuesKey(name));

function ofService(key: string): readonly Switch[] {
  const service = `services.${key}`;
  return [
    {
      under: `${service}.scaling`,
      on: { [`${service}.scaling.mode`]: 'fixed', [`${service}.scaling.fixed.replicas`]: 1 },
    },
    {
      // An update interrupts it, which the notes tell.
      under: `${service}.rollout`,
      on: {
        [`${service}.enabled`]: true,
        [`${service}.scaling.mode`]: 'fixed',
        [`${service}.scaling.fixed.replicas`]: 1,
        [`${service}.rollout.maxUnavailable`]: 1,
      },
    },
    { under: `${service}.scaling.hpa`, on: { [`${service}.scaling.mode`]: 'hpa' } },
    {
      under: `${service}.scaling.hpa`,
      on: { [`${service}.scaling.mode`]: 'hpa', [`${service}.scaling.hpa.metric.source`]: 'external' },
    },
    {
      under: `${service}.scaling.hpa`,
      on: { [`${service}.scaling.mode`]: 'hpa', [`${service}.scaling.hpa.secondMetric.source`]: 'external' },
    },
    { under: `${service}.scaling.keda`, on: { [`${service}.scaling.mode`]: 'keda' } },
    {
      under: `${service}.scaling.keda`,
      on: {
        [`${service}.scaling.mode`]: 'keda',
        [`${service}.scaling.keda.secondQuery`]: 'sum(up)',
        [`${service}.scaling.keda.secondThreshold`]: '2',
      },
    },
    { under: service, on: { [`${service}.enabled`]: false, 'airflow.enabled': false } },
    { under: service, on: {} },
    { under: `${service}.serviceAccount`, on: {} },
    ...(OPTIONAL_GPU.includes(key)
      ? [{ under: `${service}.gpu`, on: { [`${service}.gpu.pool`]: 'vllm-gpu' } }]
      : []),
  ];
}

/** Each part as it wants to be looked at. */
const PARTS: readonly Switch[] = everyPart.flatMap(({ name, variants }) =>
  Object.values(variants).map((values: JsonObject) => ({ under: name, on: entriesByPath(values) })),
);

const SERVICES = services.flatMap(({ name }) => ofService(valuesKey(name)));

function changed(values: DrawnValues, { on, under }: Switch): fc.Arbitrary<Override[]> {
  const constants = overridesOf(on);
  const below = values.leaves.filter(({ path }) => `${path.join('.')}.`.startsWith(`${under}.`));
  const further = fc.array(values.anyOf(below), { maxLength: 5, size: 'max' });
  // The switch comes last, so that it stays on; now and then what it stands for is overridden again.
  return fc
    .tuple(further, fc.nat(5))
    .map(([changes, i]) => (i === 0 ? [...constants, ...changes] : [...changes, ...constants]));
}

/** Some overrides that make sense together, and single ones. */
export function groups(values: DrawnValues): fc.Arbitrary<Override[]> {
  const oneOf = (switches: readonly Switch[]): fc.Arbitrary<Override[]> =>
    fc.constantFrom(...switches).chain((one) => changed(values, one));
  const switched = fc.oneof(
    { weight: 2, arbitrary: oneOf([...PLATFORM, ...PARTS]) },
    { weight: 1, arbitrary: oneOf(SERVICES) },
  );
  const single = (arbitrary: fc.Arbitrary<Override>): fc.Arbitrary<Override[]> =>
    arbitrary.map((override) => [override]);
  const member = values.member();
  return fc.oneof(
    { weight: 6, arbitrary: switched },
    { weight: 2, arbitrary: single(values.anyOf()) },
    {
      weight: 3,
      arbitrary: single(values.anyOf(values.leaves.filter(({ path }) => path[0] !== 'services'))),
    },
    ...(member === undefined ? [] : [{ weight: 1, arbitrary: single(member) }]),
  );
}
