import type { V1Pod } from '@kubernetes/client-node';
import { eventually } from './eventually';
import { follow } from './follow';
import { COMPONENT, isReady, podsIn } from './workloads';

type Pods = ReadonlyMap<string, V1Pod>;
type Counts = Readonly<Record<string, number>>;

/** The lowest number of pods of each service that were ready at any instant while something was done. */
export async function lowestReady(namespace: string, act: () => Promise<unknown>): Promise<Counts> {
  const lowest = new Map<string, number>();
  const look = (pods: Pods): void => {
    const ready = readyByComponent(pods);
    for (const component of new Set([...lowest.keys(), ...ready.keys()])) {
      const count = ready.get(component) ?? 0;
      lowest.set(component, Math.min(lowest.get(component) ?? count, count));
    }
  };
  const { now, stop } = await follow<V1Pod>(`/api/v1/namespaces/${namespace}/pods`, COMPONENT, look);
  look(now);
  try {
    await act();
    await caughtUp(namespace, now);
  } finally {
    stop();
  }
  return Object.fromEntries(lowest);
}

/** Waits until the watch has told all that has happened. */
async function caughtUp(namespace: string, seen: Pods): Promise<void> {
  await eventually(async () => {
    const stored = versionsOf(await podsIn(namespace, COMPONENT));
    if (versionsOf([...seen.values()]) !== stored) throw new Error('the watch lags behind');
  });
}

function versionsOf(pods: readonly V1Pod[]): string {
  return pods
    .map(({ metadata }) => `${metadata?.uid ?? ''} ${metadata?.resourceVersion ?? ''}`)
    .sort()
    .join('\n');
}

/** How many are ready, of every service that has pods at all. */
function readyByComponent(pods: Pods): Map<string, number> {
  const counts = new Map<string, number>();
  for (const pod of pods.values()) {
    const component = pod.metadata?.labels?.[COMPONENT] ?? '';
    counts.set(component, (counts.get(component) ?? 0) + (isReady(pod) ? 1 : 0));
  }
  return counts;
}
