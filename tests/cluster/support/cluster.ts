import {
  AppsV1Api,
  AuthorizationV1Api,
  AutoscalingV2Api,
  BatchV1Api,
  CoreV1Api,
  KubeConfig,
} from '@kubernetes/client-node';

import { kubeconfig } from './environment';

if (kubeconfig === undefined) throw new Error('no cluster: set KUBECONFIG, or call npm run test:cluster');

/** This worker's cluster. */
export const kubeConfig = new KubeConfig();
kubeConfig.loadFromFile(kubeconfig);

export const core = kubeConfig.makeApiClient(CoreV1Api);
export const apps = kubeConfig.makeApiClient(AppsV1Api);
export const batch = kubeConfig.makeApiClient(BatchV1Api);
export const authorization = kubeConfig.makeApiClient(AuthorizationV1Api);
export const autoscaling = kubeConfig.makeApiClient(AutoscalingV2Api);
