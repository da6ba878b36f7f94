import { Type, type Static, type TSchema } from '@sinclair/typebox';
import {
  DNS_SUBDOMAIN,
  closed,
  flag,
  integer,
  line,
  listOfPassedThrough,
  optionalName,
  passedThrough,
  shared,
  stringMap,
} from '../engine';

export const imagePullSecret = shared(
  'imagePullSecret',
  closed({
    name: line('Name of a Secret in the namespace of the release', {
      pattern: DNS_SUBDOMAIN,
      maxLength: 253,
    }),
  }),
);

export const environmentVariable = shared(
  'environmentVariable',
  closed({
    name: line('Name of the variable', { pattern: '^[A-Za-z_][A-Za-z0-9_]*$', maxLength: 253 }),
    value: Type.Optional(Type.String({ maxLength: 4096, description: 'Its value' })),
    valueFrom: Type.Optional(
      passedThrough('Where its value comes from: configMapKeyRef, secretKeyRef, fieldRef'),
    ),
  }),
);

/**
 * What an operator may want to add to the pods of every service, or of one. The same knobs stand under
 * `defaults` and under each service. Maps merge (the service wins), lists are joined (the defaults first), and
 * of a scalar or a whole structure the service's is taken if it is given, 0, false and "" included.
 */
const knobs = {
  labels: stringMap(
    'Labels of every object. Maps merge. Keys under app.kubernetes.io/ and helm.sh/ are refused',
  ),
  annotations: stringMap('Annotations of the Deployment. Maps merge'),
  podLabels: stringMap(
    'Labels of the pods. Maps merge. Keys under app.kubernetes.io/ and helm.sh/ are refused',
  ),
  podAnnotations: stringMap('Annotations of the pods. Maps merge'),
  serviceAnnotations: stringMap('Annotations of the Service. Maps merge'),
  nodeSelector: stringMap('Labels that a node must have. Maps merge'),
  tolerations: listOfPassedThrough('Tolerations. Lists are joined'),
  affinity: passedThrough(
    "Affinity in place of ours, GPU placement included. The service's is taken if given; {} keeps ours",
  ),
  imagePullSecrets: Type.Array(imagePullSecret, {
    description: 'Secrets to pull images with. Lists are joined, after global.imagePullSecrets',
  }),
  extraEnv: Type.Array(environmentVariable, {
    description:
      'Environment variables. Lists are joined. A name that is given twice, or by the chart too, is refused',
  }),
  extraEnvFrom: listOfPassedThrough('Sources of environment variables. Lists are joined'),
  extraVolumes: listOfPassedThrough('Volumes. Lists are joined'),
  extraVolumeMounts: listOfPassedThrough('Mounts of the main container. Lists are joined'),
  extraContainers: listOfPassedThrough('Containers beside the main one. Lists are joined'),
  initContainers: listOfPassedThrough('Containers that run before it. Lists are joined'),
  runtimeClassName: optionalName("RuntimeClass of the pods; empty is the cluster's default"),
  priorityClassName: optionalName('An existing PriorityClass; empty takes one of priorityClasses'),
  revisionHistoryLimit: integer('Old ReplicaSets to keep for a rollback', 0, 100),
  topologySpread: flag('Spread replicas over zones and hosts'),
} satisfies Record<string, TSchema>;

/** Under `defaults` every knob has a value. */
export const Defaults = closed(knobs, 'Knobs of all services; a service may have the same ones');

/** Under a service every knob is optional: what is absent comes from `defaults`. */
export const optionalKnobs = Type.Partial(Type.Object(knobs)).properties;

export const defaultKnobs: Static<typeof Defaults> = {
  labels: {},
  annotations: {},
  podLabels: {},
  podAnnotations: {},
  serviceAnnotations: {},
  nodeSelector: {},
  tolerations: [],
  affinity: {},
  imagePullSecrets: [],
  extraEnv: [],
  extraEnvFrom: [],
  extraVolumes: [],
  extraVolumeMounts: [],
  extraContainers: [],
  initContainers: [],
  runtimeClassName: '',
  priorityClassName: '',
  revisionHistoryLimit: 5,
  topologySpread: true,
};
