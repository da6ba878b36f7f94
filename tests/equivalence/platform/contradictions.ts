import { stepServices } from '../../../lib/platform/flows/steps';
import { valuesKey } from '../../../lib/platform/model';
import type { Json } from '../../../lib/engine';
import { valueAt } from '../../../lib/explain/value';
import { catalogue } from '../../../lib/umbrella';
import { everyPart } from '../../../lib/umbrella/parts';
import type { Override } from '../documents/draft';
import { entriesByPath, overridesOf } from '../documents/drawn-values';
import { FLOWS } from './switches';

type Values = Readonly<Record<string, Json>>;

const label = { 'app.kubernetes.io/component': 'x' };
const released = { 'secret.reloader.stakater.com/reload': 'x' };
const ours = { 'checksum/config': 'x' };
const variable = { name: 'TZ', value: 'UTC' };
const pullSecret = { name: 'pull' };
const gpu = { 'nvidia.com/gpu': '1' };

/** Old keys of values that moved; of those that all entries of a map had, that of the first. */
const movedKeys = catalogue.moved.map(({ from }) => {
  const [map = '', rest] = from.split('.*.');
  if (rest === undefined) return from;
  const entries = valueAt(catalogue.defaults, map.split('.'));
  return `${map}.${Object.keys(entries ?? {})[0] ?? 'any'}.${rest}`;
});

const CONTRADICTIONS: readonly Values[] = [
  { 'ingress.enabled': true, 'ingress.host': '' },
  { 'ingress.enabled': true, 'ingress.host': 'api.example.org', 'services.api.enabled': false },
  { 'ingress.annotations': { 'alb.ingress.kubernetes.io/scheme': 'internal' } },
  { 'gateway.enabled': true, 'gateway.host': '' },
  { 'gateway.enabled': true, 'gateway.host': 'api.example.org', 'services.api.enabled': false },
  { 'gateway.enabled': true, 'gateway.parentRef.name': '' },
  { 'gateway.publicPrefixes': ['/admin'] },
  { 'secrets.backend': 'existingSecret', 'secrets.existingSecret': '' },
  { 'secrets.backend': 'vaultAgent', 'secrets.vault.address': '' },
  { 'secrets.backend': 'vaultAgent', 'network.policies': true, 'network.peers.vault.ports': [] },
  { 'services.api.exposure.type': 'LoadBalancer', 'services.api.exposure.loadBalancerSourceRanges': [] },
  ...[...stepServices, 'qwen-embed-vllm'].map((name) => ({
    'airflow.enabled': true,
    [`services.${valuesKey(name)}.enabled`]: false,
  })),
  ...everyPart.map(({ name }) => ({
    [`${name}.enabled`]: true,
    [`${name}.global.fullnameOverride`]: 'other',
  })),
  ...everyPart.flatMap((part) => part.rules.map(({ brokenBy }) => entriesByPath(brokenBy))),
  { 'defaults.nodeSelector': { gpu: 'false' } },
  ...['splade', 'qwenEmbedVllm', 'mineru', 'extract'].map((name) => ({
    [`services.${name}.nodeSelector`]: { gpu_type: 'h100' },
  })),
  { 'defaults.extraEnv': [variable, variable] },
  // One alone: the rule is the same for every service.
  { 'defaults.extraEnv': [variable], 'services.api.extraEnv': [variable] },
  { 'services.api.extraEnv': [{ name: 'CONFIG_ENV', value: 'x' }] },
  { 'global.imagePullSecrets': [pullSecret], 'defaults.imagePullSecrets': [pullSecret] },
  { 'global.imagePullSecrets': [pullSecret], 'services.api.imagePullSecrets': [pullSecret] },
  { 'global.pods.env': [variable, variable] },
  { 'global.pods.env': [{ name: 'HF_TOKEN', value: 'x' }] },
  { 'global.pods.env': [variable], 'defaults.extraEnv': [variable] },
  { 'global.pods.env': [variable], 'services.eval.extraEnv': [variable] },
  { 'global.pods.labels': label },
  { 'global.pods.annotations': { 'helm.sh/hook': 'test' } },
  { 'global.pods.annotations': ours },
  { 'global.pods.nodeSelector': { gpu: 'false' } },
  { 'defaults.labels': label },
  { 'defaults.podLabels': { 'helm.sh/chart': 'x' } },
  { 'defaults.annotations': released },
  { 'defaults.podAnnotations': ours },
  { 'services.api.labels': label },
  { 'services.catalog.podLabels': label },
  { 'services.mineru.annotations': released },
  { 'services.eval.podAnnotations': ours },
  { 'services.mineru.gpu.pool': 'no-such-pool' },
  { 'services.mineru.resources.requests': gpu },
  { 'services.splade.resources.limits': gpu },
  { 'services.qwenEmbedVllm.resources.requests': gpu },
  { 'services.qwenEmbedVllm.resources.limits': { memory: '1Gi' } },
  { 'services.qwenEmbedVllm.profiles.a100': null },
  {
    'services.qwenEmbedVllm.modelCache.mode': 'existingClaim',
    'services.qwenEmbedVllm.modelCache.existingClaim': '',
  },
  {
    'services.api.scaling.mode': 'hpa',
    'services.api.scaling.hpa.minReplicas': 3,
    'services.api.scaling.hpa.maxReplicas': 2,
  },
  {
    'services.api.scaling.mode': 'keda',
    'services.api.scaling.keda.minReplicas': 3,
    'services.api.scaling.keda.maxReplicas': 2,
  },
  { 'services.api.scaling.mode': 'keda', 'services.api.scaling.keda.fallbackReplicas': 1000 },
  { 'services.api.scaling.mode': 'keda', 'services.api.scaling.keda.secondQuery': 'sum(up)' },
  { 'services.api.scaling.mode': 'keda', 'services.api.scaling.keda.secondThreshold': '2' },
  { 'services.api.rollout.maxSurge': 0, 'services.api.rollout.maxUnavailable': 0 },
  { 'services.api.preStopSeconds': 5, 'services.api.terminationGracePeriodSeconds': 5 },
  ...['imrad', 'registry', 'spl', 'guideline'].map((profile) => ({
    [`config.chunking.${profile}.overlap`]: 64,
    [`config.chunking.${profile}.targetTokens`]: 64,
  })),
  { 'config.retrieval.fusion.weights': { bm25: 0.5, splade: 0.5, dense: 0.1 } },
  { 'config.retrieval.topK.default': 50, 'config.retrieval.topK.max': 49 },
  ...['snomed', 'meddra', 'loinc'].map((name) => ({
    [`config.vocabularies.${name}.enabled`]: true,
    [`config.licences.${name}.licensed`]: false,
  })),
  ...movedKeys.map((path) => ({ [path]: 'x' })),
];

const RARITIES: readonly Values[] = [
  { 'services.api.preStopSeconds': 0 },
  { 'defaults.topologySpread': false },
  { ...FLOWS, 'network.policies': true, 'airflow.executor': 'LocalExecutor' },
  { ...FLOWS, 'services.extract.gpu.pool': 'vllm-gpu', 'monitoring.otlpEndpoint': '' },
  { 'defaults.runtimeClassName': 'nvidia' },
  { 'global.pods.priorityClassName': 'high', 'global.pods.affinity': { podAffinity: {} } },
  { 'priorityClasses.create': false },
  { 'defaults.affinity': { podAffinity: {} } },
  { 'api.basePath': '/v1' },
  {
    'monitoring.otlpEndpoint': '',
    'external.redisUrl': 'redis://cache:6379',
    'external.opensearchUrl': '',
    'external.neo4jUri': '',
    'external.llm.url': '',
    'external.objectStoreUri': '',
  },
  {
    ...{
      'image.repositoryPrefix': '',
      'external.opensearchUrl': 'https://search',
      'external.neo4jUri': '',
      'external.llm.url': '',
      'external.objectStoreUri': '',
    },
    ...{
      'secrets.vault.address': 'https://vault',
      'ingress.enabled': false,
      'gateway.enabled': false,
      'services.qwenEmbedVllm.image.digest': `sha256:${'0'.repeat(64)}`,
    },
  },
  {
    'services.qwenEmbedVllm.enabled': true,
    'services.qwenEmbedVllm.modelCache.mode': 'perPod',
    'services.qwenEmbedVllm.model.revision': '1234567890'.repeat(4),
    'services.qwenEmbedVllm.modelCache.storageClassName': 'on',
  },
  {
    'services.qwenEmbedVllm.enabled': true,
    'services.qwenEmbedVllm.modelCache.mode': 'shared',
    'services.qwenEmbedVllm.model.revision': '0'.repeat(40),
    'services.qwenEmbedVllm.modelCache.storageClassName': 'n',
  },
  ...movedKeys.map((path) => ({ [path]: null })),
  { 'secrets.rolloutToken': '1' },
  { 'network.policies': false },
  { 'hooks.validateConfiguration': false },
  { 'tests.enabled': false },
  { 'services.catalog.enabled': false, 'services.qwenEmbedVllm.enabled': false },
  {
    'ingress.enabled': true,
    'ingress.host': 'a.example.org',
    'ingress.alb.certificateArn': '',
    'ingress.alb.wafAclArn': '',
    'ingress.alb.adminCidrs': [],
  },
  {
    'gateway.enabled': true,
    'gateway.host': 'a.example.org',
    'gateway.parentRef.name': 'g',
    'gateway.parentRef.namespace': 'n',
    'gateway.parentRef.sectionName': 's',
  },
];

/** Each breaks a rule, and every rule is broken. */
export const contradictions: readonly Override[][] = CONTRADICTIONS.map(overridesOf);
/** What a random document may miss, and every proof should see. */
export const rarities: readonly Override[][] = RARITIES.map(overridesOf);
