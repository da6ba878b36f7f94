import { createHash } from 'node:crypto';
import {
  type EvaluationScope,
  type Helper,
  type Json,
  type Value,
  body,
  include,
  isJsonObject,
} from '../../engine';
import { common } from '../common-values';

/**
 * How long the release's part of a name may be: what remains of 63 characters after the longest
 * `-<service>-<part>`; `tests/unit/charts/names.test.ts` holds the two together.
 */
export const BASE_LENGTH = 28;
const HASH_LENGTH = 8;
const KEPT_LENGTH = BASE_LENGTH - HASH_LENGTH - 1;

/** The values that a name is made of. */
export const INSTANCE_VALUES = [common.fullnameOverride, common.global.fullnameOverride];

export const instance: Helper<0> = {
  name: 'instance',
  doc: `Which installation this is: the name of the release, or fullnameOverride, of the chart or of all.
Selectors have it too, so that objects under a new name never take the pods of those under the old one.`,
  yields: 'string',
  reads: INSTANCE_VALUES,
  takes: 0,
  template: body`{{- .Values.fullnameOverride | default .Values.global.fullnameOverride | default .Release.Name -}}`,
  evaluate: (scope) => evaluateInstance(scope),
};

/** Which installation this is: the name of the release, or what takes its place. */
export function evaluateInstance({ values: given, release }: EvaluationScope): string {
  const { global, fullnameOverride } = given;
  const ofAll = isJsonObject(global) ? global['fullnameOverride'] : undefined;
  return [fullnameOverride, ofAll].find(isName) ?? release.name;
}

function isName(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

const baseName: Helper<0> = {
  name: 'baseName',
  doc: `The release's part of every name, a DNS label: of the instance's name, dots turn into dashes, and a leading
digit gets a letter before it. What was changed, or is longer than
${BASE_LENGTH} characters, ends in a hash of the original, so that two releases never share a name.`,
  yields: 'word',
  reads: INSTANCE_VALUES,
  takes: 0,
  template: body`
{{- $given := include ${instance} . -}}
{{- $base := $given | replace "." "-" -}}
{{- if regexMatch "^[0-9]" $base -}}
  {{- $base = printf "r%s" $base -}}
{{- end -}}
{{- if or (ne $base $given) (gt (len $base) ${BASE_LENGTH}) -}}
  {{- printf "%s-%s" ($base | trunc ${KEPT_LENGTH} | trimSuffix "-") ($given | sha256sum | trunc ${HASH_LENGTH}) -}}
{{- else -}}
  {{- $base -}}
{{- end -}}`,
  evaluate: (scope) => evaluateBaseName(scope),
};

/** The release's part of every name. */
export function evaluateBaseName(scope: EvaluationScope): string {
  const given = evaluateInstance(scope);
  const dashed = given.replaceAll('.', '-');
  const base = /^[0-9]/.test(dashed) ? `r${dashed}` : dashed;
  if (base === given && base.length <= BASE_LENGTH) return base;
  const hash = createHash('sha256').update(given).digest('hex').slice(0, HASH_LENGTH);
  return `${base.slice(0, KEPT_LENGTH).replace(/-$/, '')}-${hash}`;
}

const name: Helper<'several'> = {
  name: 'name',
  doc: `The name of an object: <release>-<component>[-<part>].
Call: include "$CHART.name" (list . "api" "secrets")`,
  yields: 'word',
  reads: INSTANCE_VALUES,
  takes: 'several',
  template: body`
{{- $base := include ${baseName} (first .) -}}
{{- join "-" (prepend (rest .) $base) -}}`,
  evaluate: (scope, ...parts) => [evaluateBaseName(scope), ...parts.map(word)].join('-'),
};

const clusterName: Helper<'several'> = {
  name: 'clusterName',
  doc: `The name of an object that belongs to no namespace: <namespace>-<release>-<part>, cut like other names.
Call: include "$CHART.clusterName" (list . "serving")`,
  yields: 'word',
  reads: INSTANCE_VALUES,
  takes: 'several',
  template: body`
{{- $root := first . -}}
{{- $base := printf "%s-%s" $root.Release.Namespace (include ${baseName} $root) -}}
{{- $hash := printf "%s/%s" $root.Release.Namespace (include ${baseName} $root) | sha256sum | trunc ${HASH_LENGTH} -}}
{{- printf "%s-%s-%s" ($base | trunc ${KEPT_LENGTH} | trimSuffix "-") $hash (join "-" (rest .)) -}}`,
  evaluate: (scope, ...parts) => evaluateClusterName(scope, parts),
};

function evaluateClusterName(scope: EvaluationScope, parts: readonly (Json | undefined)[]): string {
  const base = evaluateBaseName(scope);
  const hash = createHash('sha256')
    .update(`${scope.release.namespace}/${base}`)
    .digest('hex')
    .slice(0, HASH_LENGTH);
  return `${`${scope.release.namespace}-${base}`.slice(0, KEPT_LENGTH).replace(/-$/, '')}-${hash}-${parts.map(word).join('-')}`;
}

/** The parts of a name are words of ours. */
function word(part: Json | undefined): string {
  if (typeof part !== 'string') throw new Error('a part of a name is a string');
  return part;
}

/** Helpers about names, in the order of the file. */
export const nameHelpers = [instance, baseName, name, clusterName];

/** Which installation this is, as labels and selectors name it. */
export function instanceName(): Value<string> {
  return include(instance);
}

/** `<release>-<component>[-<part>]`. */
export function nameOf(component: string, ...part: readonly (string | Value<string>)[]): Value<string> {
  return include(name, component, ...part);
}

/** `<namespace>-<release>-<part>`, for kinds that belong to no namespace. */
export function clusterNameOf(...parts: readonly (string | Value<string>)[]): Value<string> {
  return include(clusterName, ...parts);
}
