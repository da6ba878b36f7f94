import type { V1Pod } from '@kubernetes/client-node';
import type { Stored } from './objects';

const INSTANCE = 'app.kubernetes.io/instance';

/** An object that takes a pod for its own. */
interface Selection {
  readonly object: string;
  readonly pod: string;
  /** Whether both are of one installation. */
  readonly own: boolean;
}

/** All that the selectors of objects find among pods, whether they are there at the same time or not. */
export function selections(objects: Iterable<Stored>, pods: readonly V1Pod[]): Selection[] {
  return [...objects].flatMap((object) => {
    const selector = selectorOf(object);
    if (selector === undefined) return [];
    return pods
      .filter(({ metadata }) => matches(selector, metadata?.labels ?? {}))
      .map(({ metadata }) => ({
        object: `${object.kind}/${object.metadata.name ?? ''}`,
        pod: metadata?.name ?? '',
        own: object.metadata.labels?.[INSTANCE] === metadata?.labels?.[INSTANCE],
      }));
  });
}

type Labels = Readonly<Record<string, string>>;

/** The labels by which an object selects pods of its namespace; ours have no expressions. */
function selectorOf({ kind, spec = {} }: Stored): Labels | undefined {
  switch (kind) {
    case 'Service':
      return spec['selector'] as Labels;
    case 'PodDisruptionBudget':
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
      return (spec['selector'] as { matchLabels: Labels }).matchLabels;
    case 'NetworkPolicy':
      return (spec['podSelector'] as { matchLabels: Labels }).matchLabels;
    default:
      return undefined;
  }
}

function matches(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
