import { Watch, type KubernetesObject } from '@kubernetes/client-node';
import { kubeConfig } from './cluster';
import { kubectl } from './kubectl';

interface Listed<T> {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly T[];
}

/** Objects that are followed. */
interface Followed<T> {
  /** How they are now, by name. */
  readonly now: ReadonlyMap<string, T>;
  readonly stop: () => void;
}

/**
 * Follows the objects of a list of the API, and looks at all of them at each change: a watch misses no state, however
 * short it lasts.
 */
export async function follow<T extends KubernetesObject>(
  path: string,
  labelSelector: string,
  look: (now: ReadonlyMap<string, T>) => void,
): Promise<Followed<T>> {
  const query = `${path}?labelSelector=${encodeURIComponent(labelSelector)}`;
  // The list is what its path says.
  const list = JSON.parse((await kubectl(['get', '--raw', query])).stdout) as Listed<T>;
  const now = new Map(list.items.map((object) => [object.metadata?.name ?? '', object]));
  let ended: unknown;
  const { resourceVersion } = list.metadata;
  const watch = await new Watch(kubeConfig).watch(
    path,
    { labelSelector, resourceVersion },
    (phase, object: T) => {
      const name = object.metadata?.name ?? '';
      if (phase === 'ERROR') ended = object;
      else if (phase === 'DELETED') now.delete(name);
      else now.set(name, object);
      look(now);
    },
    (error: unknown) => (ended ??= error ?? 'the server closed it'),
  );
  const stop = (): void => {
    if (ended !== undefined) throw new Error(`the watch of ${path} ended early`, { cause: ended });
    watch.abort();
  };
  return { now, stop };
}
