import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { retryClasses } from '../../platform/flows/retries';
import { flowGpus, gpuPool } from '../../platform/flows/gpus';
import { ledgerOf, sourcePool, sources } from '../../platform/flows/sources';
import { exitCodes, NODE_WAIT_SECONDS, steps, type StepRecord } from '../../platform/flows/steps';
import { furtherVocabularies, vocabularies, type LicensedVocabulary } from '../../platform/vocabularies';
import {
  type Condition,
  DescribedConstruct,
  NamedTemplate,
  type Value,
  choose,
  keyed,
  literal,
  release,
  text,
} from '../../engine';
import { embedder } from '../embedder';
import { instanceName, nameOf } from '../helpers/names';
import { values } from '../values';

const { airflow, config } = values;

/** What a tree of settings is made of. */
type Setting =
  string | number | boolean | Value<unknown> | readonly Setting[] | { readonly [key: string]: Setting };

/** flows.json: what the flows know of the platform, besides the templates of their pods. */
export class FlowSettings extends DescribedConstruct {
  readonly template = new NamedTemplate(
    'flows.settings',
    [{ path: ['data', 'flows.json'], given: {} }],
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
    vocabularies: vocabularySettings(),
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
    ...Object.fromEntries(
      flowGpus.map(({ name, title }) => [
        gpuPool(name),
        { slots: airflow.gpuPools[name].slots, description: `GPUs of ${title}` },
      ]),
    ),
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
  const gpu = flowGpus.find(({ name }) => name === service);
  return gpu === undefined ? NODE_WAIT_SECONDS : airflow.gpuPools[gpu.name].startSeconds;
}

function vocabularySettings(): Setting {
  const open = { required: false, granted: true, sentence: '' };
  return {
    ...keyed(vocabularies, (row) => {
      const { enabled, refreshCron } = config.vocabularies[row.name];
      const licence = 'licence' in row ? licenceOf(row.name) : open;
      return { schedule: scheduled(enabled, refreshCron), licence };
    }),
    ...keyed(furtherVocabularies, ({ name }) => ({ schedule: airflow.vocabularies[name], licence: open })),
  };
}

function licenceOf(name: LicensedVocabulary): Setting {
  return {
    required: true,
    granted: config.licences[name].licensed,
    sentence: `${name.toUpperCase()} requires affiliate license`,
  };
}

/** A vocabulary that is not loaded has no schedule. */
function scheduled(enabled: Condition, cron: Value<string>): Value<string> {
  return choose(enabled, cron, literal(''));
}
