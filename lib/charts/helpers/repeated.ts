import { type Helper, type Json, type Value, body, include, isJsonObject } from '../../engine';

const repeatedNames: Helper<'several'> = {
  name: 'repeatedNames',
  doc: `What is named more than once, by a name or in a list of maps that have one; an empty name and a missing list
name nothing. Call: include "$CHART.repeatedNames" (list . "HOME" .Values.defaults.extraEnv)`,
  yields: 'string',
  reads: [],
  takes: 'several',
  template: body`
{{- $seen := dict -}}
{{- $again := dict -}}
{{- range rest . -}}
  {{- range ternary . (list (dict "name" .)) (kindIs "slice" .) -}}
    {{- if .name -}}
      {{- $_ := set (ternary $again $seen (hasKey $seen .name)) .name true -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- keys $again | sortAlpha | join ", " -}}`,
  evaluate: (_scope, ...lists) => evaluateRepeated(lists),
};

function evaluateRepeated(lists: readonly (Json | undefined)[]): string {
  const seen = new Set<string>();
  const again = new Set<string>();
  for (const name of lists.flatMap(namesIn)) {
    if (name !== '') (seen.has(name) ? again : seen).add(name);
  }
  return [...again].sort().join(', ');
}

function namesIn(list: Json | undefined): string[] {
  const items = Array.isArray(list) ? list : [{ name: list ?? '' }];
  return items.flatMap((item) =>
    isJsonObject(item) && typeof item['name'] === 'string' ? [item['name']] : [],
  );
}

export const repetitionHelpers = [repeatedNames];

/** What is named more than once, by a name or in a list of maps that have one. */
export function repeated(
  ...named: readonly (
    string | Value<string> | Value<readonly object[]> | Value<readonly object[] | undefined>
  )[]
): Value<string> {
  return include(repeatedNames, ...named);
}
