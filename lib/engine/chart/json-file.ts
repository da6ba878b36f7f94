import { body, toPrettyJson, type Helper, type Json } from '../template';

/** Characters that a literal block of YAML would not give back as they are; JSON has escapes for them. */
const UNPRINTABLE = /[<>&\u2028\u2029\u007f-\u009f\ufeff\ufffe\uffff]/g;

/** A map as a file of JSON. */
export const jsonFile: Helper<1> = {
  name: 'jsonFile',
  doc: 'A map as a file of JSON, after the root: keys sorted, two spaces a level, and escapes for what does not print.',
  yields: 'text',
  reads: [],
  takes: 1,
  template: body`
{{- $json := last . | toPrettyJson -}}
{{- range $code := concat (untilStep 127 160 1) (list 65279 65534 65535) -}}
  {{- $json = $json | replace (printf "%c" $code) (printf "\\\\u%04x" $code) -}}
{{- end -}}
{{- $json -}}`,
  evaluate: (_scope, map) => evaluateJsonFile(map),
};

function evaluateJsonFile(map: Json | undefined): string {
  return toPrettyJson(map ?? null).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
