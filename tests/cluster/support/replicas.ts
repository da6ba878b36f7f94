import type { V1Deployment } from '@kubernetes/client-node';
import { autoscaling } from './cluster';
import { eventually } from './eventually';
import { available, deploymentsIn } from './workloads';

/** Waits until the autoscalers have raised every Deployment to its minimum, and all of its pods are ready. */
export async function grown(namespace: string): Promise<V1Deployment[]> {
  await eventually(async () => {
    const { items } = await autoscaling.listNamespacedHorizontalPodAutoscaler({ namespace });
    const replicas = new Map(
      (await deploymentsIn(namespace)).map(({ metadata, spec }) => [metadata?.name, spec?.replicas ?? 1]),
    );
    const small = items
      .map(({ spec }) => ({ name: spec?.scaleTargetRef.name, least: spec?.minReplicas ?? 1 }))
      .filter(({ name, least }) => (replicas.get(name) ?? 0) < least);
    if (small.length > 0) throw new Error(`still small: ${small.map(({ name }) => name).join(', ')}`);
  });
  return available(namespace);
}
