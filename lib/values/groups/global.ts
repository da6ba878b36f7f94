import { Type, type Static } from '@sinclair/typebox';
import {
  closed,
  flag,
  group,
  line,
  listOfPassedThrough,
  oneOf,
  optionalName,
  passedThrough,
  stringMap,
} from '../../engine';
import { environmentVariable, imagePullSecret } from '../knobs';

/**
 * What every pod of a release has, whatever chart makes it: Helm hands `global` on to the charts inside. Where `defaults` or a
 * service say the same, it comes before them: maps merge, lists are joined, of scalars and structures theirs are taken.
 */
const pods = closed(
  {
    labels: Type.Optional(
      stringMap('Labels of the pods. Keys under app.kubernetes.io/ and helm.sh/ are refused'),
    ),
    annotations: Type.Optional(stringMap('Annotations of the pods. Keys under helm.sh/ are refused')),
    env: Type.Optional(
      Type.Array(environmentVariable, {
        description:
          'Environment variables of all containers of ours, such as those of a proxy. A name that is given twice, or by the chart too, is refused',
      }),
    ),
    nodeSelector: Type.Optional(stringMap('Labels that a node must have')),
    tolerations: Type.Optional(listOfPassedThrough('Tolerations')),
    affinity: Type.Optional(
      passedThrough(
        'Affinity in place of ours, GPU placement included, where neither defaults nor a service have one',
      ),
    ),
    priorityClassName: Type.Optional(
      optionalName('An existing PriorityClass, where neither defaults nor a service name one'),
    ),
  },
  'What every pod has: of services, Jobs, tests, flows, and of charts inside. Before defaults and services: maps merge, lists are joined',
);

/** The network of a release, whatever chart makes its objects. */
const network = closed(
  {
    policies: Type.Optional(flag('Make NetworkPolicies; where it is given, network.policies does not count')),
    ipFamilyPolicy: Type.Optional(
      oneOf("Families of addresses of the Services; not given, it is the cluster's default", [
        'SingleStack',
        'PreferDualStack',
        'RequireDualStack',
      ]),
    ),
    ipFamilies: Type.Optional(
      Type.Array(oneOf('', ['IPv4', 'IPv6']), {
        description: 'These families, the first one first',
        maxItems: 2,
      }),
    ),
  },
  'What all charts of a release ask of the network',
);

/** What may take the place of a release's name. */
export const INSTANCE_NAME = { pattern: '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 };

const schema = Type.Object(
  {
    imageRegistry: Type.Optional(
      line('Registry instead of all others', {
        pattern: '^$|^[a-z0-9.-]+(:[0-9]+)?(/[a-z0-9._/-]+)?$',
        maxLength: 255,
      }),
    ),
    imagePullSecrets: Type.Optional(
      Type.Unsafe<{ name: string }[]>({
        type: 'array',
        description: 'Secrets to pull images with, of every pod',
        items: imagePullSecret,
      }),
    ),
    fullnameOverride: Type.Optional(
      line(
        "Takes the place of the release's name in all charts of a release, where fullnameOverride is empty",
        INSTANCE_NAME,
      ),
    ),
    pods,
    network,
  },
  { additionalProperties: true, description: 'Shared with other charts of an umbrella: open' },
);

/** What every chart of a release sees. */
export type GlobalValues = Static<typeof schema>;

export const global = group(schema, { pods: {}, network: {} });
