import { coreGroups } from '../values';
import {
  body,
  include,
  isJsonObject,
  literal,
  local,
  nonEmpty,
  override,
  type Condition,
  type EvaluationScope,
  type Helper,
  type Json,
  type References,
  type Rule,
  type Value,
} from '../engine';
import { common } from './common-values';
import { labelHelpers, labelsOf } from './helpers/labels';
import { nameHelpers, nameOf } from './helpers/names';
import { repeated, repetitionHelpers } from './helpers/repeated';
import { everyPod } from './pod/every-pod';
import { plainPod, type UtilityPod } from './pod/utility';
import { reservedKeysOfPods } from './rules/services';

/**
 * What a chart inside of the platform's is made with. It sees its own slice and `global`, and nothing else of the platform:
 * names, labels and selectors come out as those of the services do.
 */

/** What the values of a chart inside have besides its own. */
export const insideGroups = { global: coreGroups.global };

const image: Helper<1> = {
  name: 'image',
  doc: `An image that is whole in its own values: a digest wins over a tag, and global.imageRegistry over its registry.
Call: include "$CHART.image" (list . .Values.image)`,
  yields: 'string',
  takes: 1,
  reads: [common.global.imageRegistry],
  template: body`
{{- $image := last . -}}
{{- $registry := (first .).Values.global.imageRegistry | default $image.registry -}}
{{- $version := ternary (printf "@%s" $image.digest) (printf ":%s" $image.tag) (not (empty $image.digest)) -}}
{{- printf "%s/%s%s" $registry $image.repository $version -}}`,
  evaluate: (scope, given) => evaluateImage(scope, given),
};

function evaluateImage({ values }: EvaluationScope, given: Json | undefined): string {
  const { registry, repository, tag, digest } = texts(given);
  const ofAll = texts(values['global'])['imageRegistry'] ?? '';
  return `${ofAll || registry}/${repository}${(digest ?? '') === '' ? `:${tag}` : `@${digest}`}`;
}

function texts(value: Json | undefined): Record<string, string | undefined> {
  // What is asked for is text by the schema.
  return (isJsonObject(value) ? value : {}) as Record<string, string | undefined>;
}

/** The named templates of a chart inside. */
export const insideHelpers: readonly Helper[] = [
  ...nameHelpers,
  ...labelHelpers,
  ...repetitionHelpers,
  image,
];

const repeatedVariables = local('repeated', repeated(common.global.pods.env));

/** What is refused of `global.pods` everywhere: nobody else sees that of a slice, or of a chart that is installed alone. */
export const insideRules: readonly Rule[] = [
  ...reservedKeysOfPods(common.global.pods),
  {
    path: 'global.pods.env',
    broken: nonEmpty(repeatedVariables),
    sentence: 'must not give a variable a second time',
    names: repeatedVariables,
  },
];

/** The image of a container. */
export function imageInside(
  given: References<{ registry: string; repository: string; tag: string; digest: string }>,
): Value<string> {
  return include(image, given);
}

/** Metadata of an object of a chart inside. */
export function metadataInside(
  component: string,
  ...part: readonly string[]
): { name: Value<string>; labels: Record<string, Value<string>> } {
  return { name: nameOf(component, ...part), labels: labelsOf(component) };
}

/** Whether a chart inside makes its policies. */
export const policiesInside: Condition = override(common.global.network.policies, literal(true));

/** What `global` says of the pods of a chart inside; labels, annotations and variables are theirs to place. */
export function everyPodInside(): ReturnType<typeof everyPod> {
  return everyPod(common.global);
}

/** The part of a pod's specification that all pods of charts inside have in common. */
export function podInside(): UtilityPod {
  return plainPod(common.global);
}
