import {
  IntOrString,
  KubeService,
  KubeStatefulSet,
  type KubeServiceProps,
  type KubeStatefulSetProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Static } from '@sinclair/typebox';
import type { Construct } from 'constructs';
import { imageOf } from '../../../lib/charts/helpers/images';
import { podLabelsOf, selectorLabelsOf } from '../../../lib/charts/helpers/labels';
import { nameOf } from '../../../lib/charts/helpers/names';
import { platformMetadata } from '../../../lib/charts/metadata';
import { callersOf } from '../../../lib/charts/network';
import { ipFamilies } from '../../../lib/charts/network-of-all';
import { fromComponents, NetworkPolicy } from '../../../lib/charts/network-policy';
import { DescribedConstruct, type References, templated } from '../../../lib/engine';
import { everyPod } from '../../../lib/charts/pod/every-pod';
import { quantities } from '../../../lib/charts/pod/resources';
import { CONTAINER_SECURITY, podSecurity } from '../../../lib/charts/pod/security';
import { utilityPod } from '../../../lib/charts/pod/utility';
import { values } from '../../../lib/charts/values';
import type { values as slice } from './values';

/** What an author sees of the slice. */
type Own = References<Static<typeof slice.schema>>;

export const COMPONENT = 'example';
export const PORT = 6379;
const SOURCE = 'lib/parts/example/stateful-set.ts';
/** The user of the image. */
const USER = { uid: 999, gid: 1000 };
const PROBE = { exec: { command: ['valkey-cli', 'ping'] }, periodSeconds: 10, timeoutSeconds: 5 };

/** The pods of the cache, and their address. It keeps nothing: what is lost is read again. */
export class Cache extends DescribedConstruct {
  constructor(scope: Construct, own: Own) {
    super(scope, 'cache', { source: SOURCE, when: own.enabled });
    new KubeService(
      this,
      'service',
      templated<KubeServiceProps>({
        metadata: platformMetadata(COMPONENT),
        spec: {
          ...ipFamilies(values.global),
          selector: selectorLabelsOf(COMPONENT),
          ports: [
            { name: 'redis', port: PORT, targetPort: IntOrString.fromString('redis'), protocol: 'TCP' },
          ],
        },
      }),
    );
    new KubeStatefulSet(
      this,
      'stateful-set',
      templated<KubeStatefulSetProps>({
        metadata: platformMetadata(COMPONENT),
        spec: {
          replicas: own.replicas,
          serviceName: nameOf(COMPONENT),
          selector: { matchLabels: selectorLabelsOf(COMPONENT) },
          template: {
            metadata: {
              labels: { ...podLabelsOf(COMPONENT), ...everyPod(values.global).labels },
              annotations: everyPod(values.global, values.defaults).annotations,
            },
            spec: {
              ...utilityPod(),
              securityContext: podSecurity(USER),
              containers: [
                {
                  name: COMPONENT,
                  image: imageOf(own.image),
                  env: everyPod(values.global).env,
                  args: ['--save', '', '--dir', '/data'],
                  ports: [{ name: 'redis', containerPort: PORT, protocol: 'TCP' }],
                  readinessProbe: PROBE,
                  livenessProbe: { ...PROBE, failureThreshold: 6 },
                  resources: {
                    requests: {
                      ...quantities({ cpu: '100m', 'ephemeral-storage': '64Mi' }),
                      memory: own.memory,
                    },
                    limits: { ...quantities({ cpu: '1', 'ephemeral-storage': '128Mi' }), memory: own.memory },
                  },
                  securityContext: CONTAINER_SECURITY,
                  volumeMounts: [{ name: 'data', mountPath: '/data' }],
                },
              ],
              volumes: [{ name: 'data', emptyDir: { sizeLimit: quantities({ size: '64Mi' })['size'] } }],
            },
          },
        },
      }),
    );
    // Whoever calls redis by its record, and nobody else.
    new NetworkPolicy(
      this,
      COMPONENT,
      {
        metadata: platformMetadata(COMPONENT),
        ingress: fromComponents(callersOf('redis'), PORT),
        egress: [],
      },
      { when: own.enabled },
    );
  }
}
