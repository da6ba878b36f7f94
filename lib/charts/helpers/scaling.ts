import { type Helper, type Json, type Value, body, include, isJsonObject } from '../../engine';

const minReplicas: Helper<1> = {
  name: 'minReplicas',
  doc: `The least number of pods that a service runs, whoever scales it.
Call: include "$CHART.minReplicas" (list . .Values.services.api.scaling)`,
  yields: 'integer',
  reads: [],
  takes: 1,
  template: body`
{{- $scaling := last . -}}
{{- if eq $scaling.mode "fixed" -}}
  {{- $scaling.fixed.replicas | int -}}
{{- else if eq $scaling.mode "hpa" -}}
  {{- $scaling.hpa.minReplicas | int -}}
{{- else -}}
  {{- $scaling.keda.minReplicas | int -}}
{{- end -}}`,
  evaluate: (_scope, scaling) => evaluateMinReplicas(scaling),
};

function evaluateMinReplicas(scaling: Json | undefined): Json {
  const settings = isJsonObject(scaling) ? scaling : {};
  const mode = settings['mode'];
  const chosen = typeof mode === 'string' ? settings[mode] : undefined;
  if (!isJsonObject(chosen)) return 0;
  return (mode === 'fixed' ? chosen['replicas'] : chosen['minReplicas']) ?? 0;
}

export const scalingHelpers = [minReplicas];

/** The least number of pods that a service runs, whoever scales it. */
export function minReplicasOf(scaling: Value<unknown>): Value<number> {
  return include(minReplicas, scaling);
}
