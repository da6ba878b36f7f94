import type { V1Pod } from '@kubernetes/client-node';
import { follow } from './follow';
import { COMPONENT } from './workloads';

/** The lowest number of pods of a service that were ready at any instant while something was done. */
export async function lowestReady(
  namespace: string,
  component: string,
  act: () => Promise<unknown>,
): Promise<number> {
  const counts: number[] = [];
  const { now, stop } = await follow<V1Pod>(
    `/api/v1/namespaces/${namespace}/pods`,
    `${COMPONENT}=${component}`,
    (pods) => counts.push(readyIn(pods)),
  );
  counts.push(readyIn(now));
  try {
    await act();
  } finally {
    stop();
  }
  return Math.min(...counts);
}

function readyIn(pods: ReadonlyMap<string, V1Pod>): number {
  return [...pods.values()].filter(isReady).length;
}

/** Whether a Service sends requests to the pod: one that is being ended gets none. */
function isReady({ metadata, status }: V1Pod): boolean {
  return (
    metadata?.deletionTimestamp === undefined &&
    status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True'
  );
}
