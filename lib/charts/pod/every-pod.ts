import type { EnvVar, LocalObjectReference, Toleration } from 'cdk8s-plus-28/lib/imports/k8s';
import {
  type Item,
  type References,
  type Value,
  type When,
  given,
  nonEmpty,
  spread,
  spreadMap,
  when,
} from '../../engine';
import type { GlobalValues } from '../../values';
import { merged } from '../helpers/labels';

type StringMap = Readonly<Record<string, string>>;
type OptionalMap = Value<StringMap> | Value<StringMap | undefined>;
type OptionalList = Value<readonly object[]> | Value<readonly object[] | undefined>;
type MapKnob = 'podLabels' | 'podAnnotations' | 'nodeSelector';
type ListKnob = 'tolerations' | 'imagePullSecrets' | 'extraEnv';

/** What a chart may say of its pods besides, in the words of `defaults`. */
export type Nearer = { readonly [K in MapKnob]?: OptionalMap } & { readonly [K in ListKnob]?: OptionalList };

/** What every pod has because the values say so. */
interface EveryPod {
  readonly labels: Record<string, Value<string>>;
  readonly annotations: Record<string, Value<string>>;
  readonly nodeSelector: Record<string, Value<string>>;
  readonly tolerations: readonly Item<Toleration>[];
  readonly imagePullSecrets: readonly Item<LocalObjectReference>[];
  /** Of each container. */
  readonly env: readonly Item<EnvVar>[];
}

/**
 * What `global` says of every pod, and after it what is nearer to this one: maps merge, the nearest wins, and lists are
 * joined. A chart inside takes it with its own `global`, where Helm puts what the outer chart has. What is spread stands in
 * the order in which it is asked for.
 */
export function everyPod(
  { pods, imagePullSecrets }: References<GlobalValues>,
  ...nearer: readonly Nearer[]
): EveryPod {
  const map = (first: OptionalMap, knob: MapKnob): Record<string, Value<string>> => {
    const others = nearer.flatMap(({ [knob]: one }) => one ?? []);
    return spreadMap(others.length === 0 ? first : merged(first, ...others));
  };
  const list = (first: OptionalList, knob: ListKnob): ReturnType<typeof spread>[] =>
    [first, ...nearer.flatMap(({ [knob]: one }) => one ?? [])].map((one) => spread(one));
  return {
    get labels() {
      return map(pods.labels, 'podLabels');
    },
    get annotations() {
      return map(pods.annotations, 'podAnnotations');
    },
    get nodeSelector() {
      return map(pods.nodeSelector, 'nodeSelector');
    },
    get tolerations() {
      return list(pods.tolerations, 'tolerations');
    },
    get imagePullSecrets() {
      return list(imagePullSecrets, 'imagePullSecrets');
    },
    get env() {
      return list(pods.env, 'extraEnv');
    },
  };
}

/** The class of pods that nothing nearer has one for. */
export function commonPriorityClass({ pods }: References<GlobalValues>): When<Value<string>> {
  return when(nonEmpty(pods.priorityClassName), given(pods.priorityClassName));
}
