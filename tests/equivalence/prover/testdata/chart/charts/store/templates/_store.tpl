{{- define "store.greeting" -}}
hello {{ . }}
{{- end }}
