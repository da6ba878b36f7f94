{{- define "sample.name" -}}
{{ .Release.Name }}-{{ .Chart.Name }}
{{- end }}
