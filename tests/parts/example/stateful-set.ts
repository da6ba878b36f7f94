import {
  IntOrString,
  KubeService,
  KubeStatefulSet,
  type KubeServiceProps,
  type KubeStatefulSetProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { podLabelsOf, selectorLabelsOf } from '../../../lib/charts/helpers/labels';
import { nameOf } from '../../../lib/charts/helpers/names';
import { callersOf } from '../../../lib/charts/network';
import { ipFamilies } from '../../../lib/charts/network-of-all';
import { fromComponents, NetworkPolicy } from '../../../lib/charts/network-policy';
import { DescribedConstruct, type Value, templated } from '../../../lib/engine';
import { quantities } from '../../../lib/charts/pod/resources';
import { CONTAINER_SECURITY, podSecurity } from '../../../lib/charts/pod/security';
import {
  everyPodInside,
  imageInside,
  metadataInside,
  podInside,
  policiesInside,
} from '../../../lib/charts/inside';
import { COMPONENT, PORT } from './component';

/** What it is made with: its own values, and nothing else of the platform. */
interface Own {
  readonly global: Parameters<typeof ipFamilies>[0];
  readonly image: Parameters<typeof imageInside>[0];
  readonly replicas: Value<number>;
  readonly memory: Value<string>;
}

const SOURCE = 'lib/parts/example/stateful-set.ts';
/** The user of the image. */
const USER = { uid: 999, gid: 1000 };
const PROBE = { exec: { command: ['valkey-cli', 'ping'] }, periodSeconds: 10, timeoutSeconds: 5 };

/** The pods of the cache, and their address. It keeps nothing: what is lost is read again. */
export class Cache extends DescribedConstruct {
  constructor(scope: Construct, own: Own) {
    super(scope, 'cache', { source: SOURCE });
    const pods = everyPodInside();
    new KubeService(
      this,
      'service',
      templated<KubeServiceProps>({
        metadata: metadataInside(COMPONENT),
        spec: {
          ...ipFamilies(own.global),
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
        metadata: metadataInside(COMPONENT),
        spec: {
          replicas: own.replicas,
          serviceName: nameOf(COMPONENT),
          selector: { matchLabels: selectorLabelsOf(COMPONENT) },
          template: {
            metadata: {
              labels: { ...podLabelsOf(COMPONENT), ...pods.labels },
              annotations: pods.annotations,
            },
            spec: {
              ...podInside(),
              securityContext: podSecurity(USER),
              containers: [
                {
                  name: COMPONENT,
                  image: imageInside(own.image),
                  env: pods.env,
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
        metadata: metadataInside(COMPONENT),
        ingress: fromComponents(callersOf('redis'), PORT),
        egress: [],
      },
      { policies: policiesInside },
    );
  }
}
