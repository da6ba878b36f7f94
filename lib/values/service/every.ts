import type { Static, TObject, TProperties } from '@sinclair/typebox';
import type { ServiceRecord } from '../../platform/model';
import { optionalKnobs } from '../knobs';
import { closed, flag, integer, lines, optionalName, stringMap } from '../../engine';
import { image, probes, resourceDefaults, resources } from './container';
import { scaling, scalingDefaults } from './scaling';

const schema = {
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
  probes,
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
  disruptionBudget: closed({
    enabled: flag('Limit how many pods a drain may take at once; never for a single pod'),
    maxUnavailable: integer('Pods that may be missing', 1, 1000),
  }),
} satisfies TProperties;

/** What every service has. */
export const every = {
  schema,
  defaults: (record: ServiceRecord): Static<TObject<typeof schema>> => ({
    enabled: true,
    image: {
      registry: record.image.registry ?? '',
      repository: record.image.repository,
      tag: record.image.tag ?? '',
      digest: '',
    },
    command: [...record.command],
    args: [...record.args],
    resources: resourceDefaults(record),
    scaling: scalingDefaults(record),
    disruptionBudget: { enabled: true, maxUnavailable: 1 },
    rollout: { ...record.rollout },
    probes: structuredClone(record.probes),
    progressDeadlineSeconds: record.progressDeadlineSeconds,
    preStopSeconds: record.shutdown.preStopSeconds,
    terminationGracePeriodSeconds: record.shutdown.gracePeriodSeconds,
    servicePort: record.port.service,
    serviceAccount: { create: true, name: '', annotations: {} },
  }),
};
