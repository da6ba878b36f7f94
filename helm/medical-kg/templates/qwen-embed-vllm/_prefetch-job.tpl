{{/*
qwen-embed-vllm.prefetchPod: A part of prefetch-job.yaml, whose name carries its hash.
*/}}
{{- define "medical-kg.qwen-embed-vllm.prefetchPod" -}}
{{- $service := .Values.services.qwenEmbedVllm }}
metadata:
  labels:
    {{- include "medical-kg.podLabels" (list . "qwen-embed-vllm-prefetch") | nindent 4 }}
    {{- with include "medical-kg.mergedMaps" (list . .Values.global.pods.labels .Values.defaults.podLabels $service.podLabels) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with include "medical-kg.mergedMaps" (list . .Values.global.pods.annotations .Values.defaults.podAnnotations $service.podAnnotations) | fromYaml }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  restartPolicy: OnFailure
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- with .Values.global.pods.priorityClassName }}
  priorityClassName: {{ . | quote }}
  {{- end }}
  {{- with .Values.defaults.runtimeClassName }}
  runtimeClassName: {{ . | quote }}
  {{- end }}
  {{- if or .Values.global.imagePullSecrets .Values.defaults.imagePullSecrets $service.imagePullSecrets }}
  imagePullSecrets:
    {{- with .Values.global.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with .Values.defaults.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: {{ $service.user.uid | int }}
    runAsGroup: {{ $service.user.gid | int }}
    fsGroup: {{ $service.user.gid | int }}
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  {{- with include "medical-kg.mergedMaps" (list . .Values.global.pods.nodeSelector .Values.defaults.nodeSelector) | fromYaml }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.global.pods.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- else }}
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
          - matchExpressions:
              - key: gpu
                operator: NotIn
                values:
                  - "true"
  {{- end }}
  {{- if or .Values.global.pods.tolerations .Values.defaults.tolerations }}
  tolerations:
    {{- with .Values.global.pods.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with .Values.defaults.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: download
      image: {{ include "medical-kg.image" (list . $service.image) | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      command:
        - sh
        - "-ec"
        - 'hf download "$@" && mkdir -p "$MODEL_MARKER"'
        - download
      args:
        - {{ $service.model.name | quote }}
        {{- if $service.model.revision }}
        - {{ printf "--revision=%s" $service.model.revision | quote }}
        {{- end }}
      env:
        - name: VLLM_NO_USAGE_STATS
          value: "1"
        - name: USER
          value: vllm
        - name: HOME
          value: /home/vllm
        - name: XDG_CACHE_HOME
          value: /var/cache/vllm
        - name: VLLM_CACHE_ROOT
          value: /var/cache/vllm/vllm
        - name: TRITON_CACHE_DIR
          value: /var/cache/vllm/triton
        - name: TORCHINDUCTOR_CACHE_DIR
          value: /var/cache/vllm/inductor
        - name: HF_HOME
          value: /models
        - name: MODEL_MARKER
          value: {{ printf "/models/.complete/%s@%s" $service.model.name $service.model.revision | quote }}
        {{- with $service.modelCache.tokenSecret.name }}
        - name: HF_TOKEN
          valueFrom:
            secretKeyRef:
              name: {{ . | quote }}
              key: {{ $service.modelCache.tokenSecret.key | quote }}
        {{- end }}
        {{- with .Values.global.pods.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      resources:
        requests:
          cpu: 500m
          memory: 2Gi
          ephemeral-storage: 1Gi
        limits:
          cpu: "2"
          memory: 4Gi
          ephemeral-storage: 13Gi
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop:
            - ALL
      volumeMounts:
        - name: model
          mountPath: /models
        - name: tmp
          mountPath: /tmp
        - name: home
          mountPath: /home/vllm
        - name: cache
          mountPath: /var/cache/vllm
  volumes:
    - name: model
      persistentVolumeClaim:
        claimName: {{ include "medical-kg.name" (list . "qwen-embed-vllm" "model") }}
    - name: tmp
      emptyDir:
        sizeLimit: 1Gi
    - name: home
      emptyDir:
        sizeLimit: 1Gi
    - name: cache
      emptyDir:
        sizeLimit: 10Gi
{{- end }}
