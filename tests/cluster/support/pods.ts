import { COMPONENT, podsIn } from './workloads';

/** The pods of each service, by what makes each pod this one and no other. */
export type PodsOfServices = ReadonlyMap<string, ReadonlySet<string>>;

export async function podsOfServices(namespace: string): Promise<PodsOfServices> {
  const pods = new Map<string, Set<string>>();
  for (const { metadata } of await podsIn(namespace, COMPONENT)) {
    if (metadata?.uid === undefined || metadata.deletionTimestamp !== undefined) continue;
    const component = metadata.labels?.[COMPONENT] ?? '';
    pods.set(component, (pods.get(component) ?? new Set()).add(metadata.uid));
  }
  return pods;
}

/** Services that had pods, and have others now; one whose number of pods changed keeps some. */
export function replaced(before: PodsOfServices, after: PodsOfServices): string[] {
  return [...before]
    .filter(([component, old]) => {
      const now = after.get(component);
      return now !== undefined && ![...now].some((pod) => old.has(pod));
    })
    .map(([component]) => component)
    .sort();
}
