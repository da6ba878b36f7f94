import { Type, type Static } from '@sinclair/typebox';
import { airflowPeerNames, airflowPeers } from '../platform/airflow';
import { flowGpus } from '../platform/flows/gpus';
import { sources } from '../platform/flows/sources';
import { furtherVocabularies } from '../platform/vocabularies';
import { peerShape, placeValues } from './peers';
import {
  CRON,
  DNS_LABEL,
  DNS_SUBDOMAIN,
  OR_EMPTY,
  closed,
  each,
  flag,
  integer,
  keyed,
  line,
  oneOf,
  optionalName,
  quantity,
} from '../engine';

/** What the chart gives to Airflow, which is installed by its own chart. */

const schedule = (): ReturnType<typeof line> =>
  line('Cron, UTC; empty for none', { pattern: `${OR_EMPTY}${CRON}`, maxLength: 255 });

function share(description: string): ReturnType<typeof Type.Number> {
  return Type.Number({ description, minimum: 0, maximum: 1 });
}

const gpuPool = closed({
  slots: integer('Steps that may hold or wait for a GPU at a time', 1, 1000),
  startSeconds: integer(
    'Seconds that a guard waits for a GPU: 120 where nodes are always there, 900 where they start at none',
    30,
    3600,
  ),
});

export const Airflow = closed(
  {
    enabled: flag('Make what the flows need: templates of their pods, rights, storage and network policies'),
    namespace: line("Namespace of Airflow, for the ConfigMap that it mounts; empty is the release's", {
      pattern: `${OR_EMPTY}${DNS_LABEL}`,
      maxLength: 63,
    }),
    serviceAccounts: Type.Array(line('', { pattern: DNS_SUBDOMAIN, maxLength: 253 }), {
      description:
        "Accounts of Airflow that start pods: the workers' and the scheduler's, by their names in its official chart",
      minItems: 1,
    }),
    storage: closed(
      {
        existingClaim: optionalName(
          'A ReadWriteMany claim that exists; empty makes one, which an uninstall keeps',
        ),
        storageClassName: optionalName(
          'Class that many nodes can write to, and that binds at once; empty is the default one of the cluster',
        ),
        size: quantity('Size of the claim'),
      },
      'Ledgers and artifacts, which the steps of a flow share',
    ),
    schedules: closed(keyed(sources, schedule), 'When each source is asked for what is new'),
    vocabularies: closed(
      keyed(furtherVocabularies, schedule),
      'When vocabularies are loaded that config.vocabularies does not name',
    ),
    batches: closed({
      size: integer('Documents of a batch', 1, 10000),
      most: integer('Batches of one run; more are an error', 1, 1000),
      atOnce: integer('Batches of one run that are worked on at a time', 1, 100),
    }),
    maxActiveRuns: integer('Runs of one flow at a time', 1, 100),
    extraction: flag('Whether a run extracts and maps, unless it is told otherwise'),
    gpuPools: each(
      flowGpus.map(({ name }) => name),
      gpuPool,
      'GPUs, as the flows see them',
    ),
    gates: closed(
      {
        approvers: Type.Array(line('', { minLength: 1, maxLength: 255 }), {
          description:
            'Who may open a gate, by their ids in Airflow (with its simple auth manager their names); none lets everybody who may edit runs',
        }),
        remindAfterHours: Type.Array(integer('', 1, 8760), {
          description: 'Ages of an open gate at which somebody is reminded',
        }),
      },
      'Where flows wait for a person',
    ),
    quality: closed(
      {
        conceptDelta: share('Share by which the number of concepts may change'),
        recallDelta: share('Share by which Recall@20 may change'),
      },
      'When a new catalog is published',
    ),
    alerts: closed({
      alertmanagerUrl: line('Alertmanager; empty for none', {
        pattern: '^$|^https?://[!-#%-~]+$',
        maxLength: 2048,
        examples: ['http://alertmanager.monitoring:9093'],
      }),
      slackConnection: line('Connection of Airflow with the webhook of Slack; empty for none', {
        pattern: '^[A-Za-z0-9_.-]*$',
        maxLength: 200,
      }),
    }),
    executor: oneOf('Where tasks run, which the network policies follow', [
      'KubernetesExecutor',
      'LocalExecutor',
    ]),
    peers: each(
      airflowPeerNames,
      peerShape,
      "Whom Airflow's own pods call, besides those of network.peers. A peer without selectors and networks is closed",
    ),
    followLogs: flag('Show the logs of a pod in those of its task while it runs'),
  },
  'The flows, which run on Apache Airflow',
);

export const defaultAirflow: Static<typeof Airflow> = {
  enabled: false,
  namespace: '',
  serviceAccounts: ['airflow-scheduler', 'airflow-worker'],
  storage: { existingClaim: '', storageClassName: '', size: '200Gi' },
  schedules: keyed(sources, (source) => source.schedule),
  vocabularies: keyed(furtherVocabularies, (vocabulary) => vocabulary.schedule),
  batches: { size: 50, most: 200, atOnce: 8 },
  maxActiveRuns: 8,
  extraction: true,
  gpuPools: keyed(flowGpus, () => ({ slots: 4, startSeconds: 900 })),
  gates: { approvers: [], remindAfterHours: [24, 72] },
  quality: { conceptDelta: 0.01, recallDelta: 0.02 },
  alerts: { alertmanagerUrl: '', slackConnection: '' },
  executor: 'KubernetesExecutor',
  peers: keyed(
    airflowPeerNames.map((name) => ({ name })),
    ({ name }) => placeValues(airflowPeers[name]),
  ),
  followLogs: true,
};
