import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { retryClasses } from '../../platform/flows/retries';
import { furtherVocabularies, ledgerOf, sourcePool, sources } from '../../platform/flows/sources';
import { exitCodes, NODE_WAIT_SECONDS, steps, type StepRecord } from '../../platform/flows/steps';
import { choose, literal, text, type Condition, type Value } from '../../template';
import { embedder } from '../embedder';
import { instanceName, nameOf } from '../helpers/names';
import { NamedTemplate } from '../named-template';
import { Part } from '../part';
import { release } from '../release';
import { values } from '../values';

const { airflow, config } = values;

/** What a tree of settings is made of. */
type Setting =
  string | number | boolean | Value<unknown> | readonly Setting[] | { readonly [key: string]: Setting };

/** flows.json: what the flows know of the platform, besides the templates of their pods. */
export class FlowSettings extends Part {
  readonly template = new NamedTemplate(
    'flows.settings',
    ['data', 'flows.json'],
    'What the flows know of the platform.',
  );

  constructor(scope: Construct) {
    super(scope, 'settings', { source: 'lib/charts/flows/settings.ts' });
    this.embedded = { template: this.template, path: ['spec'] };
    new ApiObject(this, 'settings', { apiVersion: 'v1', kind: 'Settings', spec: settings() });
  }
}

function settings(): Setting {
  return {
    environment: values.environment,
    release: instanceName(),
    namespace: release.namespace,
    objectStore: values.external.objectStoreUri,
    vllm: {
      url: text`http://${nameOf(embedder.record.name)}.${release.namespace}:${embedder.values.servicePort}`,
      path: embedder.record.health.path,
      timeoutSeconds: 2,
    },
    retryClasses: Object.fromEntries(
      Object.entries(retryClasses).map(([name, retries]) => [name, { ...retries }]),
    ),
    exitCodes: { noGpu: [...exitCodes.noGpu], fatal: [...exitCodes.fatal] },
    pools: pools(),
    steps: Object.fromEntries(steps.map((step) => [step.name, stepSettings(step)])),
    sources: Object.fromEntries(
      sources.map((source) => [
        source.name,
        {
          schedule: airflow.schedules[source.name],
          pool: sourcePool(source),
          ledger: ledgerOf(source),
          profile: source.profile,
        },
      ]),
    ),
    batches: { size: airflow.batches.size, most: airflow.batches.most, atOnce: airflow.batches.atOnce },
    maxActiveRuns: airflow.maxActiveRuns,
    extraction: airflow.extraction,
    vocabularies: vocabularies(),
    quality: {
      conceptDelta: airflow.quality.conceptDelta,
      recallDelta: airflow.quality.recallDelta,
      shaclViolations: 0,
    },
    gates: { approvers: airflow.gates.approvers, remindAfterHours: airflow.gates.remindAfterHours },
    alerts: {
      alertmanagerUrl: airflow.alerts.alertmanagerUrl,
      slackConnection: airflow.alerts.slackConnection,
    },
    getLogs: airflow.followLogs,
  };
}

function pools(): Setting {
  const ofSources = [...new Set(sources.map(sourcePool))].map((name): [string, Setting] => [
    name,
    { slots: 1, description: 'Sources of one operator: its limit is for all of them' },
  ]);
  return {
    ledger: { slots: 1, description: 'Writers of the ledger of PDF files' },
    gpu_mineru: { slots: airflow.gpuPools.mineru.slots, description: 'GPUs of MinerU' },
    gpu_splade: { slots: airflow.gpuPools.splade.slots, description: 'GPUs of SPLADE' },
    ...Object.fromEntries(ofSources),
  };
}

function stepSettings(step: StepRecord): Setting {
  return {
    description: step.description,
    retryClass: step.retryClass,
    ...(step.pool === undefined ? {} : { pool: step.pool }),
    spot: step.spot ?? false,
    deadlineSeconds: step.deadlineSeconds,
    scheduleTimeoutSeconds: nodeWait(step),
  };
}

/** A step on a GPU waits as long as a node takes that has to be started first. */
function nodeWait({ service }: StepRecord): number | Value<number> {
  if (service === 'mineru' || service === 'splade') return airflow.gpuPools[service].startSeconds;
  return NODE_WAIT_SECONDS;
}

function vocabularies(): Setting {
  const { vocabularies: known, licences } = config;
  const open = { required: false, granted: true, sentence: '' };
  const licensed = (name: 'snomed' | 'meddra' | 'loinc'): Setting => ({
    required: true,
    granted: licences[name].licensed,
    sentence: `${name.toUpperCase()} requires affiliate license`,
  });
  const row = (
    name: 'snomed' | 'meddra' | 'loinc' | 'rxnorm' | 'hpo',
    licence: Setting,
  ): [string, Setting] => [
    name,
    { schedule: scheduled(known[name].enabled, known[name].refreshCron), licence },
  ];
  return Object.fromEntries([
    row('snomed', licensed('snomed')),
    row('meddra', licensed('meddra')),
    row('loinc', licensed('loinc')),
    row('rxnorm', open),
    row('hpo', open),
    // Their keys are those of the schema.
    ...(Object.keys(furtherVocabularies) as (keyof typeof furtherVocabularies)[]).map(
      (name): [string, Setting] => [name, { schedule: airflow.vocabularies[name], licence: open }],
    ),
  ]);
}

/** A vocabulary that is not loaded has no schedule. */
function scheduled(enabled: Condition, cron: Value<string>): Value<string> {
  return choose(enabled, cron, literal(''));
}
