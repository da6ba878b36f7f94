import { KubePod, type Container, type KubePodProps } from 'cdk8s-plus-28/lib/imports/k8s';

import type { Construct } from 'constructs';
import { api } from '../platform/services/api';
import { DescribedConstruct, type Templated, and, spreadMap, templated, text } from '../engine';
import { imageOf } from './helpers/images';
import { labelsOf, merged } from './helpers/labels';
import { nameOf } from './helpers/names';
import { platformMetadata } from './metadata';
import { toService } from './network';
import { NetworkPolicy, toDns } from './network-policy';
import { serviceScope } from './scope';
import { everyPod } from './pod/every-pod';
import { quantities } from './pod/resources';
import { CONTAINER_SECURITY, podSecurity } from './pod/security';
import { utilityPod } from './pod/utility';
import { values } from './values';

/** The component of the test's pod: the API lets it in. */
export const TEST_COMPONENT = 'release-test';
/** The user of the image with curl. */
const CURL_USER = { uid: 100, gid: 101 };

/** `helm test`: whether the API answers, through its Service, about its health and its version. */
export class ReleaseTest extends DescribedConstruct {
  constructor(scope: Construct) {
    super(scope, 'test', {
      source: 'lib/charts/release-test.ts',
      when: and(values.tests.enabled, serviceScope(api.name).values.enabled),
    });
    const metadata = platformMetadata(TEST_COMPONENT);
    new KubePod(
      this,
      'pod',
      templated<KubePodProps>({
        metadata: {
          name: metadata.name,
          labels: {
            ...labelsOf(TEST_COMPONENT),
            ...spreadMap(merged(values.global.pods.labels, values.defaults.labels)),
          },
          annotations: {
            ...everyPod(values.global).annotations,
            'helm.sh/hook': 'test',
            // No uninstall removes a hook: the pod goes at the end, and its log is printed where it failed.
            'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded,hook-failed',
            'helm.sh/hook-output-log-policy': 'hook-failed',
          },
        },
        spec: {
          restartPolicy: 'Never',
          ...utilityPod(),
          securityContext: podSecurity(CURL_USER),
          containers: ['health', 'version'].map(call),
        },
      }),
    );
    new NetworkPolicy(this, TEST_COMPONENT, {
      metadata,
      ingress: [],
      egress: [toDns(), toService(api.name)],
    });
  }
}

/** Asks for one path; an answer other than 2xx is a failure. */
function call(path: string): Templated<Container> & object {
  return {
    name: path,
    image: imageOf(values.tests.image),
    imagePullPolicy: values.image.pullPolicy,
    env: everyPod(values.global).env,
    command: ['curl'],
    args: [
      '--fail',
      '--silent',
      '--show-error',
      // Before 8.16, curl does not know `--max-time=10`.
      '--max-time',
      text`${values.tests.timeoutSeconds}`,
      text`http://${nameOf(api.name)}:${serviceScope(api.name).values.servicePort}${values.api.basePath}/${path}`,
    ],
    resources: {
      requests: quantities({ cpu: '10m', memory: '32Mi', 'ephemeral-storage': '16Mi' }),
      limits: quantities({ cpu: '100m', memory: '64Mi', 'ephemeral-storage': '64Mi' }),
    },
    securityContext: CONTAINER_SECURITY,
  };
}
