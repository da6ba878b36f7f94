import type { Affinity, LocalObjectReference, Toleration } from 'cdk8s-plus-28/lib/imports/k8s';
import { type Item, type Value, type When, nonEmpty, theirsOr, when } from '../../engine';
import { values } from '../values';
import { commonPriorityClass, everyPod } from './every-pod';
import { placementOffGpus } from './placement';

const { defaults, global } = values;

/** A part of a pod's specification. */
interface UtilityPod {
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: boolean;
  readonly runtimeClassName: When<Value<string>>;
  readonly imagePullSecrets: readonly Item<LocalObjectReference>[];
  readonly nodeSelector: Record<string, Value<string>>;
  readonly affinity: ReturnType<typeof theirsOr<Affinity>>;
  readonly priorityClassName: When<Value<string>>;
  readonly tolerations: readonly Item<Toleration>[];
}

/** What the pods of Jobs and tests have in common: no token, no GPU node, and the knobs of all services. */
export function utilityPod(): UtilityPod {
  const { imagePullSecrets, nodeSelector, tolerations } = everyPod(global, defaults);
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    runtimeClassName: when(nonEmpty(defaults.runtimeClassName), defaults.runtimeClassName),
    imagePullSecrets,
    nodeSelector,
    affinity: theirsOr(global.pods.affinity, placementOffGpus()),
    priorityClassName: commonPriorityClass(global),
    tolerations,
  };
}
