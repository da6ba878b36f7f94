import {
  type EvaluationScope,
  type Helper,
  type Json,
  type JsonObject,
  type References,
  type Value,
  body,
  include,
  isJsonObject,
} from '../../engine';
import { values } from '../values';

const image: Helper<1> = {
  name: 'image',
  doc: `The image of a service. A digest wins over a tag; an image without a registry of its own is one of ours.
Call: include "$CHART.image" (list . .Values.services.api.image)`,
  yields: 'string',
  reads: [
    values.image.registry,
    values.image.repositoryPrefix,
    values.image.tag,
    values.global.imageRegistry,
  ],
  takes: 1,
  template: body`
{{- $root := first . -}}
{{- $image := last . -}}
{{- $ours := $root.Values.image -}}
{{- $registry := $root.Values.global.imageRegistry | default $image.registry | default $ours.registry -}}
{{- $prefix := ternary "" $ours.repositoryPrefix (not (empty $image.registry)) -}}
{{- $version := printf ":%s" ($image.tag | default $ours.tag | default $root.Chart.AppVersion) -}}
{{- if $image.digest -}}
  {{- $version = printf "@%s" $image.digest -}}
{{- end -}}
{{- printf "%s/%s%s%s" $registry $prefix $image.repository $version -}}`,
  evaluate: (scope, given) => evaluateImage(scope, given),
};

function evaluateImage(scope: EvaluationScope, given: Json | undefined): string {
  const ours = mapOf(scope.values['image']);
  const theirs = mapOf(given);
  const registry =
    text(mapOf(scope.values['global'])['imageRegistry']) ||
    text(theirs['registry']) ||
    text(ours['registry']);
  const prefix = text(theirs['registry']) === '' ? text(ours['repositoryPrefix']) : '';
  const tag = text(theirs['tag']) || text(ours['tag']) || scope.chart.appVersion;
  const version = text(theirs['digest']) === '' ? `:${tag}` : `@${text(theirs['digest'])}`;
  return `${registry}/${prefix}${text(theirs['repository'])}${version}`;
}

function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

export const imageHelpers = [image];

/** `registry/repository:tag`, or with a digest. */
export function imageOf(
  given: References<{ registry: string; repository: string; tag: string; digest: string }>,
): Value<string> {
  return include(image, given);
}
