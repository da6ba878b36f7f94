import type { Container, EnvVar, Toleration, Volume, VolumeMount } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Item, TextMap } from '../../engine';

/** What one concern adds to a pod. The pod is the sum of its fragments, in their order. */
export interface PodFragment {
  readonly annotations?: TextMap;
  readonly args?: readonly Item<string>[];
  readonly env?: readonly Item<EnvVar>[];
  readonly initContainers?: readonly Item<Container>[];
  readonly tolerations?: readonly Item<Toleration>[];
  readonly volumes?: readonly Item<Volume>[];
  readonly volumeMounts?: readonly Item<VolumeMount>[];
}

/** All that the fragments have of one kind. */
export function gathered<K extends Exclude<keyof PodFragment, 'annotations'>>(
  fragments: readonly PodFragment[],
  kind: K,
): NonNullable<PodFragment[K]>[number][] {
  return fragments.flatMap((fragment) => (fragment[kind] ?? []) as NonNullable<PodFragment[K]>[number][]);
}
