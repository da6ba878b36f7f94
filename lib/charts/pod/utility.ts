import type { Affinity, LocalObjectReference, Toleration } from 'cdk8s-plus-28/lib/imports/k8s';
import { type Item, type References, type Value, type When, nonEmpty, theirsOr, when } from '../../engine';
import type { GlobalValues } from '../../values';
import { values } from '../values';
import { commonPriorityClass, everyPod, type Nearer } from './every-pod';
import { placementOffGpus } from './placement';

/** A part of a pod's specification. */
export interface UtilityPod {
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: boolean;
  readonly imagePullSecrets: readonly Item<LocalObjectReference>[];
  readonly nodeSelector: Record<string, Value<string>>;
  readonly affinity: ReturnType<typeof theirsOr<Affinity>>;
  readonly priorityClassName: When<Value<string>>;
  readonly tolerations: readonly Item<Toleration>[];
}

/**
 * What pods have in common that are no service's: no token, no GPU node, and what is said of every pod; `nearer` is said of
 * those of one chart.
 */
export function plainPod(global: References<GlobalValues>, ...nearer: readonly Nearer[]): UtilityPod {
  const { imagePullSecrets, nodeSelector, tolerations } = everyPod(global, ...nearer);
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    imagePullSecrets,
    nodeSelector,
    affinity: theirsOr(global.pods.affinity, placementOffGpus()),
    priorityClassName: commonPriorityClass(global),
    tolerations,
  };
}

/** The pods of Jobs and tests. */
export function utilityPod(): UtilityPod & { readonly runtimeClassName: When<Value<string>> } {
  const { defaults, global } = values;
  return {
    ...plainPod(global, defaults),
    runtimeClassName: when(nonEmpty(defaults.runtimeClassName), defaults.runtimeClassName),
  };
}
