import {
  KubeConfigMap,
  KubeJob,
  KubeServiceAccount,
  type KubeConfigMapProps,
  type KubeJobProps,
  type KubeServiceAccountProps,
  Quantity,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { api } from '../platform/services/api';
import { DescribedConstruct, type Value, templated } from '../engine';
import { configurationData } from './configuration/helpers';
import { imageOf } from './helpers/images';
import { podLabelsOf } from './helpers/labels';
import { nameOf } from './helpers/names';
import { platformMetadata } from './metadata';
import { NetworkPolicy } from './network-policy';
import { serviceScope } from './scope';
import { CONFIGURATION, CONFIGURATION_DIRECTORY } from './pod/configuration';
import { everyPod } from './pod/every-pod';
import { quantities } from './pod/resources';
import { CONTAINER_SECURITY, podSecurity } from './pod/security';
import { utilityPod } from './pod/utility';
import { values } from './values';

/** The component of the check. */
export const CHECK_COMPONENT = 'configuration-check';
const SOURCE = 'lib/charts/hooks.ts';

/** What the check is told, besides what every pod is. */
export const CHECK_VARIABLES = [{ name: 'CONFIG_ENV', value: values.environment }];

/** What a hook object says of itself: when it comes, in which order, and when it goes. */
function hookAnnotations(weight: number): Record<string, string> {
  return {
    'helm.sh/hook': 'pre-install,pre-upgrade',
    'helm.sh/hook-weight': String(weight),
    'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded,hook-failed',
    'helm.sh/hook-output-log-policy': 'hook-failed',
  };
}

/**
 * Lets the application check its configuration before anything is installed or changed. It has objects of its own
 * for all that it needs, and no secrets, since the others do not exist yet.
 */
export class ConfigurationCheck extends DescribedConstruct {
  constructor(scope: Construct) {
    super(scope, 'check', { source: SOURCE, when: values.hooks.validateConfiguration });
    const metadata = platformMetadata(CHECK_COMPONENT);
    new KubeServiceAccount(
      this,
      'service-account',
      templated<KubeServiceAccountProps>({
        metadata: { ...metadata, annotations: hookAnnotations(-20) },
        automountServiceAccountToken: false,
      }),
    );
    new KubeConfigMap(
      this,
      'config-map',
      templated<KubeConfigMapProps>({
        metadata: { ...metadata, annotations: hookAnnotations(-15) },
        data: configurationData(),
      }),
    );
    // It calls nobody, and nobody calls it.
    new NetworkPolicy(this, CHECK_COMPONENT, { metadata, ingress: [], egress: [] });
    new KubeJob(
      this,
      'job',
      templated<KubeJobProps>({
        metadata: { ...metadata, annotations: hookAnnotations(-10) },
        spec: {
          backoffLimit: values.hooks.backoffLimit,
          activeDeadlineSeconds: values.hooks.activeDeadlineSeconds,
          template: {
            metadata: {
              labels: { ...podLabelsOf(CHECK_COMPONENT), ...everyPod(values.global).labels },
              annotations: everyPod(values.global, values.defaults).annotations,
            },
            spec: {
              restartPolicy: 'Never',
              ...utilityPod(),
              serviceAccountName: nameOf(CHECK_COMPONENT),
              securityContext: podSecurity(api.user),
              containers: [
                {
                  name: 'validate',
                  image: applicationImage(),
                  imagePullPolicy: values.image.pullPolicy,
                  command: ['med', 'config', 'validate', '--strict', '--config-dir', CONFIGURATION_DIRECTORY],
                  env: [...CHECK_VARIABLES, ...everyPod(values.global).env],
                  resources: {
                    requests: quantities({ cpu: '100m', memory: '256Mi', 'ephemeral-storage': '64Mi' }),
                    limits: quantities({ cpu: '1', memory: '1Gi', 'ephemeral-storage': '256Mi' }),
                  },
                  securityContext: CONTAINER_SECURITY,
                  volumeMounts: [
                    { name: CONFIGURATION, mountPath: CONFIGURATION_DIRECTORY, readOnly: true },
                    { name: 'tmp', mountPath: '/tmp' },
                  ],
                },
              ],
              volumes: [
                { name: CONFIGURATION, configMap: { name: nameOf(CHECK_COMPONENT) } },
                { name: 'tmp', emptyDir: { sizeLimit: Quantity.fromString('64Mi') } },
              ],
            },
          },
        },
      }),
    );
  }
}

/** The application's command line is in every image of ours. */
function applicationImage(): Value<string> {
  return imageOf(serviceScope(api.name).values.image);
}
