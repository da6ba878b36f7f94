import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import { apps, core } from './cluster';
import { eventually } from './eventually';

/** The label with a pod's service. */
export const COMPONENT = 'app.kubernetes.io/component';

export async function podsIn(namespace: string, labelSelector?: string): Promise<V1Pod[]> {
  return (await core.listNamespacedPod({ namespace, labelSelector })).items;
}

export async function deploymentsIn(namespace: string): Promise<V1Deployment[]> {
  return (await apps.listNamespacedDeployment({ namespace })).items;
}

/** Whether a Service sends requests to the pod: one that is being ended gets none. */
export function isReady({ metadata, status }: V1Pod): boolean {
  return (
    metadata?.deletionTimestamp === undefined &&
    status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True'
  );
}

/** Waits until every Deployment has all of its pods, of its newest template, and they are ready. */
export function available(namespace: string, seconds?: number): Promise<V1Deployment[]> {
  return eventually(async () => {
    const deployments = await deploymentsIn(namespace);
    const waiting = deployments.filter((deployment) => !isComplete(deployment));
    if (deployments.length > 0 && waiting.length === 0)
      waiting.push(...(await lacking(deployments, namespace)));
    if (deployments.length === 0 || waiting.length > 0)
      throw new Error(`not available: ${waiting.map(({ metadata }) => metadata?.name).join(', ')}`);
    return deployments;
  }, seconds);
}

/** Those whose pods are not all there and ready: when some have just gone, the status does not say so yet. */
async function lacking(deployments: readonly V1Deployment[], namespace: string): Promise<V1Deployment[]> {
  const ready = (await podsIn(namespace, COMPONENT)).filter(isReady);
  return deployments.filter((deployment) => podsOf(deployment, ready).length !== deployment.spec?.replicas);
}

/** By who made them: whom selectors find is for tests to judge. */
function podsOf({ metadata }: V1Deployment, pods: readonly V1Pod[]): V1Pod[] {
  return pods.filter(({ metadata: pod }) => {
    const replicaSet = `${metadata?.name ?? ''}-${pod?.labels?.['pod-template-hash'] ?? ''}`;
    return pod?.ownerReferences?.some(({ name }) => name === replicaSet);
  });
}

function isComplete({ metadata, spec, status }: V1Deployment): boolean {
  const wanted = spec?.replicas;
  return (
    status?.observedGeneration === metadata?.generation &&
    status?.replicas === wanted &&
    status?.updatedReplicas === wanted &&
    status?.availableReplicas === wanted
  );
}
