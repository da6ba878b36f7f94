import {
  type EvaluationScope,
  type Helper,
  type JsonObject,
  type Value,
  body,
  include,
  isJsonObject,
  spreadMap,
} from '../../engine';
import { evaluateInstance, instance, INSTANCE_VALUES } from './names';

const selectorLabels: Helper<1> = {
  name: 'selectorLabels',
  doc: `Labels that select the pods of a component. A selector cannot be changed later: no value touches them but the
one that renames the objects too.
Call: include "$CHART.selectorLabels" (list . "api")`,
  yields: 'map',
  reads: INSTANCE_VALUES,
  takes: 1,
  template: body`
app.kubernetes.io/instance: {{ include ${instance} (first .) | quote }}
app.kubernetes.io/component: {{ last . }}`,
  evaluate: (scope, component) => evaluateSelectorLabels(scope, component),
};

function evaluateSelectorLabels(scope: EvaluationScope, component: unknown): JsonObject {
  return {
    'app.kubernetes.io/instance': evaluateInstance(scope),
    'app.kubernetes.io/component': String(component),
  };
}

const podLabels: Helper<1> = {
  name: 'podLabels',
  doc: `Labels of the pods of a component: nothing that changes with the version of the chart, which would roll
every pod at each release.
Call: include "$CHART.podLabels" (list . "api")`,
  yields: 'map',
  reads: INSTANCE_VALUES,
  takes: 1,
  template: body`
{{ include ${selectorLabels} . }}
app.kubernetes.io/name: {{ (first .).Chart.Name }}
app.kubernetes.io/part-of: medical-kg`,
  evaluate: (scope, component) => evaluatePodLabels(scope, component),
};

function evaluatePodLabels(scope: EvaluationScope, component: unknown): JsonObject {
  return {
    ...evaluateSelectorLabels(scope, component),
    'app.kubernetes.io/name': scope.chart.name,
    'app.kubernetes.io/part-of': 'medical-kg',
  };
}

const labels: Helper<1> = {
  name: 'labels',
  doc: `Labels of every object of a component.
Call: include "$CHART.labels" (list . "api")`,
  yields: 'map',
  reads: INSTANCE_VALUES,
  takes: 1,
  template: body`
{{ include ${podLabels} . }}
app.kubernetes.io/version: {{ (first .).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (first .).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (first .).Chart.Name (first .).Chart.Version | replace "+" "_" }}`,
  evaluate: (scope, component) => ({
    ...evaluatePodLabels(scope, component),
    'app.kubernetes.io/version': scope.chart.appVersion,
    'app.kubernetes.io/managed-by': 'Helm',
    'helm.sh/chart': `${scope.chart.name}-${scope.chart.version}`.replaceAll('+', '_'),
  }),
};

const mergedMaps: Helper<'several'> = {
  name: 'mergedMaps',
  doc: `One map out of several; a later one wins. An empty or absent one adds nothing. It is printed as JSON, which is
YAML too: as the last of its text, toYaml would lose a line break at the end of a value.
Call: include "$CHART.mergedMaps" (list . $first $second)`,
  yields: 'map',
  mayBeEmpty: true,
  reads: [],
  takes: 'several',
  template: body`
{{- $merged := dict -}}
{{- range rest . -}}
  {{- range $key, $value := . -}}
    {{- $_ := set $merged $key $value -}}
  {{- end -}}
{{- end -}}
{{- toRawJson $merged -}}`,
  evaluate: (_scope, ...maps) =>
    Object.assign(Object.create(null) as JsonObject, ...maps.filter(isJsonObject)) as JsonObject,
};

/** Helpers about labels and other maps, in the order of the file. */
export const labelHelpers = [selectorLabels, podLabels, labels, mergedMaps];

type StringMap = Readonly<Record<string, string>>;

/** Labels of an object. */
export function labelsOf(component: string): Record<string, Value<string>> {
  return spreadMap(include<StringMap>(labels, component));
}

/** Labels of the pods of a component. */
export function podLabelsOf(component: string): Record<string, Value<string>> {
  return spreadMap(include<StringMap>(podLabels, component));
}

/** Labels by which the pods of a component are selected. */
export function selectorLabelsOf(component: string): Record<string, Value<string>> {
  return spreadMap(include<StringMap>(selectorLabels, component));
}

/** One map out of several; a later one wins. */
export function merged<V>(
  ...maps: readonly (Value<Readonly<Record<string, V>>> | Value<Readonly<Record<string, V>> | undefined>)[]
): Value<Readonly<Record<string, V>>> {
  return include(mergedMaps, ...maps);
}
