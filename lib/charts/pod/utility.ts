import type { Affinity, LocalObjectReference, Toleration } from 'cdk8s-plus-28/lib/imports/k8s';
import { type Item, type Value, type When, nonEmpty, spread, spreadMap, when } from '../../engine';
import { values } from '../values';
import { placementOffGpus } from './placement';

const { defaults, global } = values;

/** A part of a pod's specification. */
interface UtilityPod {
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: boolean;
  readonly runtimeClassName: When<Value<string>>;
  readonly imagePullSecrets: readonly Item<LocalObjectReference>[];
  readonly nodeSelector: Record<string, Value<string>>;
  readonly affinity: Affinity;
  readonly tolerations: readonly Item<Toleration>[];
}

/** What the pods of Jobs and tests have in common: no token, no GPU node, and the knobs of all services. */
export function utilityPod(): UtilityPod {
  return {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    runtimeClassName: when(nonEmpty(defaults.runtimeClassName), defaults.runtimeClassName),
    imagePullSecrets: [spread(global.imagePullSecrets), spread(defaults.imagePullSecrets)],
    nodeSelector: spreadMap(defaults.nodeSelector),
    affinity: placementOffGpus(),
    tolerations: [spread(defaults.tolerations)],
  };
}
