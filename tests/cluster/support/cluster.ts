import { AppsV1Api, AuthorizationV1Api, BatchV1Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node';

/** The cluster of KUBECONFIG. */
export const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();

export const core = kubeConfig.makeApiClient(CoreV1Api);
export const apps = kubeConfig.makeApiClient(AppsV1Api);
export const batch = kubeConfig.makeApiClient(BatchV1Api);
export const authorization = kubeConfig.makeApiClient(AuthorizationV1Api);
