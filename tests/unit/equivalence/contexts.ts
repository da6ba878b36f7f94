import { valuesKey, type ServiceRecord } from '../../../lib/platform/model';
import { services } from '../../../lib/platform/services';
import type { Json, JsonObject } from '../../../lib/engine';
import { coalesce } from '../../../lib/engine/renderers';
import { defaultValues } from '../../../lib/umbrella';
import { partVariants } from '../../../lib/umbrella/parts';
import { treeOf } from '../../equivalence/documents/draft';

type Overrides = Readonly<Record<string, Json>>;

const DEFAULTS = JSON.parse(JSON.stringify(defaultValues())) as JsonObject;
const keys = services.map(({ name }) => valuesKey(name));
const withOptionalGpu = (services as readonly ServiceRecord[]).filter(
  ({ gpu }) => gpu !== undefined && gpu.pool === undefined,
);

/** The same for every service; `*` stands for its key. */
function ofEach(overrides: Overrides): Overrides {
  return Object.fromEntries(
    keys.flatMap((key) => Object.entries(overrides).map(([path, value]) => [path.replace('*', key), value])),
  );
}

const VLLM = 'services.qwenEmbedVllm';
const INGRESS: Overrides = { 'ingress.enabled': true, 'ingress.host': 'api.example.org' };
const GATEWAY: Overrides = {
  'gateway.enabled': true,
  'gateway.host': 'api.example.org',
  'gateway.parentRef.name': 'edge',
};

/** A document for each mode that something can be in: between them everything is there that can be. */
const CONTEXTS: Readonly<Record<string, Overrides>> = {
  everything: {
    ...INGRESS,
    ...{
      'priorityClasses.create': true,
      'network.policies': true,
      'hooks.validateConfiguration': true,
      'tests.enabled': true,
      'monitoring.serviceMonitors.enabled': true,
      'airflow.enabled': true,
      ...Object.fromEntries(
        ['git', 'lineage', 'slack', 'smtp'].map((peer) => [
          `airflow.peers.${peer}.blocks`,
          [{ cidr: '10.9.0.0/24', except: [] }],
        ]),
      ),
    },
    ...{
      'secrets.backend': 'externalSecrets',
      'services.api.exposure.type': 'LoadBalancer',
      'services.api.exposure.loadBalancerSourceRanges': ['10.0.0.0/8'],
      'services.api.exposure.nodePort': 30080,
      'external.redisUrl': 'redis://cache:6379',
      'external.kafkaBrokers': 'kafka:9092',
    },
    ...ofEach({
      'services.*.enabled': true,
      'services.*.scaling.mode': 'hpa',
      'services.*.scaling.hpa.minReplicas': 4,
      'services.*.scaling.hpa.maxReplicas': 9,
      'services.*.scaling.hpa.metric.source': 'cpu',
      'services.*.scaling.hpa.secondMetric.source': 'cpu',
    }),
    ...Object.fromEntries(
      withOptionalGpu.map(({ name }) => [`services.${valuesKey(name)}.gpu.pool`, 'vllm-gpu']),
    ),
    ...Object.fromEntries(
      ['snomed', 'meddra', 'loinc'].flatMap((name) => [
        [`config.licences.${name}.licensed`, true],
        [`config.vocabularies.${name}.enabled`, false],
      ]),
    ),
    ...{ [`${VLLM}.modelCache.mode`]: 'shared', [`${VLLM}.modelCache.tokenSecret.name`]: 'hub' },
  },
  keda: {
    ...GATEWAY,
    ...{ 'secrets.backend': 'vaultAgent', 'services.api.exposure.type': 'NodePort' },
    ...ofEach({
      'services.*.enabled': true,
      'services.*.scaling.mode': 'keda',
      'services.*.scaling.keda.minReplicas': 2,
      'services.*.scaling.keda.maxReplicas': 9,
      'services.*.scaling.keda.fallbackReplicas': 3,
      'services.*.scaling.keda.secondQuery': 'sum(up)',
      'services.*.scaling.keda.secondThreshold': '2',
    }),
    [`${VLLM}.modelCache.mode`]: 'perPod',
  },
  external: {
    ...{ 'secrets.backend': 'existingSecret', 'secrets.reloader': true, 'network.policies': false },
    ...ofEach({
      'services.*.enabled': true,
      'services.*.scaling.mode': 'hpa',
      'services.*.scaling.hpa.minReplicas': 2,
      'services.*.scaling.hpa.maxReplicas': 9,
      'services.*.scaling.hpa.metric.source': 'external',
      'services.*.scaling.hpa.secondMetric.source': 'external',
    }),
    ...{ [`${VLLM}.modelCache.mode`]: 'existingClaim', [`${VLLM}.modelCache.existingClaim`]: 'models' },
  },
  fixed: {
    ...ofEach({
      'services.*.enabled': true,
      'services.*.scaling.mode': 'fixed',
      'services.*.scaling.fixed.replicas': 2,
      'services.*.serviceAccount.create': false,
    }),
    ...{
      [`${VLLM}.modelCache.mode`]: 'image',
      'services.api.disruptionBudget.minAvailable': 2,
      'services.api.scaling.fixed.replicas': 2,
    },
  },
  pods: {
    ...{ 'priorityClasses.create': false, 'services.api.disruptionBudget.minAvailable': 3 },
    ...ofEach({
      'services.*.enabled': true,
      'services.*.scaling.mode': 'hpa',
      'services.*.scaling.hpa.minReplicas': 3,
      'services.*.scaling.hpa.maxReplicas': 9,
      'services.*.scaling.hpa.metric.source': 'pods',
    }),
  },
};

/** The values of a document over the chart's defaults. */
export function valuesWith(overrides: Overrides, base: JsonObject = DEFAULTS): JsonObject {
  return coalesce(
    base,
    treeOf(Object.entries(overrides).map(([path, value]) => ({ path: path.split('.'), value }))),
  );
}

/** The values of every context. */
export const contexts: readonly { readonly name: string; readonly values: JsonObject }[] = [
  ...Object.entries(CONTEXTS).map(([name, overrides]) => ({ name, values: valuesWith(overrides) })),
  ...partVariants.map(([name, values]) => ({ name, values: coalesce(DEFAULTS, values) })),
];
