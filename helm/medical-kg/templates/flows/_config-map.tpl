{{/*
flows.settings: What the flows know of the platform.
*/}}
{{- define "medical-kg.flows.settings" -}}
namespace: {{ .Release.Namespace | quote }}
alerts:
  alertmanagerUrl: {{ .Values.airflow.alerts.alertmanagerUrl | quote }}
  slackConnection: {{ .Values.airflow.alerts.slackConnection | quote }}
batches:
  atOnce: {{ .Values.airflow.batches.atOnce | int }}
  most: {{ .Values.airflow.batches.most | int }}
  size: {{ .Values.airflow.batches.size | int }}
environment: {{ .Values.environment }}
exitCodes:
  fatal:
    - 2
    - 64
    - 65
    - 78
  noGpu:
    - 99
extraction: {{ .Values.airflow.extraction }}
gates:
  approvers:
    {{- toYaml .Values.airflow.gates.approvers | nindent 4 }}
  remindAfterHours:
    {{- toYaml .Values.airflow.gates.remindAfterHours | nindent 4 }}
getLogs: {{ .Values.airflow.followLogs }}
maxActiveRuns: {{ .Values.airflow.maxActiveRuns | int }}
objectStore: {{ .Values.external.objectStoreUri | quote }}
pools:
  gpu_mineru:
    description: GPUs of MinerU
    slots: {{ .Values.airflow.gpuPools.mineru.slots | int }}
  gpu_splade:
    description: GPUs of SPLADE
    slots: {{ .Values.airflow.gpuPools.splade.slots | int }}
  ledger:
    description: Writers of the ledger of PDF files
    slots: 1
  source_cdc:
    description: "Sources of one operator: its limit is for all of them"
    slots: 1
  source_clinicaltrials:
    description: "Sources of one operator: its limit is for all of them"
    slots: 1
  source_fda:
    description: "Sources of one operator: its limit is for all of them"
    slots: 1
  source_medrxiv:
    description: "Sources of one operator: its limit is for all of them"
    slots: 1
  source_ncbi:
    description: "Sources of one operator: its limit is for all of them"
    slots: 1
  source_nice:
    description: "Sources of one operator: its limit is for all of them"
    slots: 1
  source_nlm:
    description: "Sources of one operator: its limit is for all of them"
    slots: 1
  source_openprescribing:
    description: "Sources of one operator: its limit is for all of them"
    slots: 1
  source_uspstf:
    description: "Sources of one operator: its limit is for all of them"
    slots: 1
  source_who:
    description: "Sources of one operator: its limit is for all of them"
    slots: 1
quality:
  conceptDelta: {{ .Values.airflow.quality.conceptDelta | toRawJson }}
  recallDelta: {{ .Values.airflow.quality.recallDelta | toRawJson }}
  shaclViolations: 0
release: {{ include "medical-kg.instance" . | quote }}
retryClasses:
  default:
    attempts: 3
    backoff: exponential
    jitter: true
    maxSeconds: 30
    minSeconds: 0.5
  gpu:
    attempts: 1
    backoff: none
    jitter: false
    maxSeconds: 0
    minSeconds: 0
  guard:
    attempts: 1
    backoff: none
    jitter: false
    maxSeconds: 0
    minSeconds: 0
  polite:
    attempts: 10
    backoff: linear
    jitter: false
    maxSeconds: 10
    minSeconds: 1
sources:
  accessgudid:
    ledger: /var/lib/medkg/ledgers/accessgudid.jsonl
    pool: source_nlm
    profile: registry
    schedule: {{ .Values.airflow.schedules.accessgudid | quote }}
  cdc_socrata:
    ledger: /var/lib/medkg/ledgers/cdc_socrata.jsonl
    pool: source_cdc
    profile: registry
    schedule: {{ .Values.airflow.schedules.cdc_socrata | quote }}
  cdc_wonder:
    ledger: /var/lib/medkg/ledgers/cdc_wonder.jsonl
    pool: source_cdc
    profile: registry
    schedule: {{ .Values.airflow.schedules.cdc_wonder | quote }}
  clinicaltrials:
    ledger: /var/lib/medkg/ledgers/clinicaltrials.jsonl
    pool: source_clinicaltrials
    profile: registry
    schedule: {{ .Values.airflow.schedules.clinicaltrials | quote }}
  dailymed:
    ledger: /var/lib/medkg/ledgers/dailymed.jsonl
    pool: source_nlm
    profile: spl
    schedule: {{ .Values.airflow.schedules.dailymed | quote }}
  medrxiv:
    ledger: /var/lib/medkg/ledgers/medrxiv.jsonl
    pool: source_medrxiv
    profile: imrad
    schedule: {{ .Values.airflow.schedules.medrxiv | quote }}
  nice:
    ledger: /var/lib/medkg/ledgers/nice.jsonl
    pool: source_nice
    profile: guideline
    schedule: {{ .Values.airflow.schedules.nice | quote }}
  openfda:
    ledger: /var/lib/medkg/ledgers/openfda.jsonl
    pool: source_fda
    profile: spl
    schedule: {{ .Values.airflow.schedules.openfda | quote }}
  openfda_udi:
    ledger: /var/lib/medkg/ledgers/openfda_udi.jsonl
    pool: source_fda
    profile: registry
    schedule: {{ .Values.airflow.schedules.openfda_udi | quote }}
  openprescribing:
    ledger: /var/lib/medkg/ledgers/openprescribing.jsonl
    pool: source_openprescribing
    profile: registry
    schedule: {{ .Values.airflow.schedules.openprescribing | quote }}
  pmc:
    ledger: /var/lib/medkg/ledgers/pmc.jsonl
    pool: source_ncbi
    profile: imrad
    schedule: {{ .Values.airflow.schedules.pmc | quote }}
  pubmed:
    ledger: /var/lib/medkg/ledgers/pubmed.jsonl
    pool: source_ncbi
    profile: imrad
    schedule: {{ .Values.airflow.schedules.pubmed | quote }}
  uspstf:
    ledger: /var/lib/medkg/ledgers/uspstf.jsonl
    pool: source_uspstf
    profile: guideline
    schedule: {{ .Values.airflow.schedules.uspstf | quote }}
  who_gho:
    ledger: /var/lib/medkg/ledgers/who_gho.jsonl
    pool: source_who
    profile: registry
    schedule: {{ .Values.airflow.schedules.who_gho | quote }}
steps:
  catalog_download:
    deadlineSeconds: 14400
    description: Fetches a release of the vocabulary
    retryClass: polite
    scheduleTimeoutSeconds: 600
    spot: false
  catalog_embed:
    deadlineSeconds: 43200
    description: Embeds new concepts by both models
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  catalog_enrich:
    deadlineSeconds: 14400
    description: Adds the cross references of UMLS
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  catalog_merge:
    deadlineSeconds: 14400
    description: Merges it with what is there
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  catalog_normalize:
    deadlineSeconds: 14400
    description: Brings names and codes into one form
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  catalog_parse:
    deadlineSeconds: 14400
    description: Reads it
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  catalog_publish:
    deadlineSeconds: 14400
    description: "Turns the aliases to it, and keeps the old one"
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  catalog_validate:
    deadlineSeconds: 14400
    description: Compares it with the published one
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  catalog_write:
    deadlineSeconds: 14400
    description: Writes the new catalog beside the published one
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  chunk:
    deadlineSeconds: 7200
    description: Cuts documents into chunks
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  embed_qwen:
    deadlineSeconds: 7200
    description: "Dense embeddings, by the vLLM service"
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  embed_splade:
    deadlineSeconds: 7200
    description: "Sparse embeddings, on a GPU of its own"
    pool: gpu_splade
    retryClass: gpu
    scheduleTimeoutSeconds: {{ .Values.airflow.gpuPools.splade.startSeconds | int }}
    spot: true
  extract:
    deadlineSeconds: 7200
    description: "Extracts PICO, effects, adverse events, doses, eligibility"
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  facet:
    deadlineSeconds: 7200
    description: Writes the facets of chunks
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  guard_gpu_mineru:
    deadlineSeconds: 600
    description: Whether the pool of mineru has a GPU that works
    retryClass: guard
    scheduleTimeoutSeconds: {{ .Values.airflow.gpuPools.mineru.startSeconds | int }}
    spot: false
  guard_gpu_splade:
    deadlineSeconds: 600
    description: Whether the pool of splade has a GPU that works
    retryClass: guard
    scheduleTimeoutSeconds: {{ .Values.airflow.gpuPools.splade.startSeconds | int }}
    spot: false
  index:
    deadlineSeconds: 7200
    description: Writes chunks and embeddings to the stores
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  ingest:
    deadlineSeconds: 21600
    description: Fetches what is new at a source
    retryClass: polite
    scheduleTimeoutSeconds: 600
    spot: false
  ingest_pdf:
    deadlineSeconds: 3600
    description: "Downloads one PDF file, and stops"
    pool: ledger
    retryClass: polite
    scheduleTimeoutSeconds: 600
    spot: false
  ir:
    deadlineSeconds: 7200
    description: Writes the intermediate representation
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  map_concepts:
    deadlineSeconds: 7200
    description: Maps mentions to concepts
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  mineru_run:
    deadlineSeconds: 14400
    description: "Reads one PDF file by MinerU, on a GPU of its own"
    pool: ledger
    retryClass: gpu
    scheduleTimeoutSeconds: {{ .Values.airflow.gpuPools.mineru.startSeconds | int }}
    spot: false
  parse:
    deadlineSeconds: 7200
    description: Reads fetched documents
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  plan:
    deadlineSeconds: 7200
    description: "Cuts what was fetched into batches, and writes the manifest"
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  postpdf_start:
    deadlineSeconds: 600
    description: Marks the documents that may go on
    pool: ledger
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
  write_kg:
    deadlineSeconds: 7200
    description: Writes what was extracted and mapped to the knowledge graph
    retryClass: default
    scheduleTimeoutSeconds: 600
    spot: false
vllm:
  path: /health
  timeoutSeconds: 2
  url: {{ printf "http://%s.%s:%d" (include "medical-kg.name" (list . "qwen-embed-vllm")) .Release.Namespace (int .Values.services.qwenEmbedVllm.servicePort) | quote }}
vocabularies:
  gsrs_unii:
    licence:
      granted: true
      required: false
      sentence: ""
    schedule: {{ .Values.airflow.vocabularies.gsrs_unii | quote }}
  gudid:
    licence:
      granted: true
      required: false
      sentence: ""
    schedule: {{ .Values.airflow.vocabularies.gudid | quote }}
  hpo:
    licence:
      granted: true
      required: false
      sentence: ""
    schedule: {{ ternary .Values.config.vocabularies.hpo.refreshCron "" .Values.config.vocabularies.hpo.enabled | quote }}
  icd11:
    licence:
      granted: true
      required: false
      sentence: ""
    schedule: {{ .Values.airflow.vocabularies.icd11 | quote }}
  loinc:
    licence:
      granted: {{ .Values.config.licences.loinc.licensed }}
      required: true
      sentence: LOINC requires affiliate license
    schedule: {{ ternary .Values.config.vocabularies.loinc.refreshCron "" .Values.config.vocabularies.loinc.enabled | quote }}
  meddra:
    licence:
      granted: {{ .Values.config.licences.meddra.licensed }}
      required: true
      sentence: MEDDRA requires affiliate license
    schedule: {{ ternary .Values.config.vocabularies.meddra.refreshCron "" .Values.config.vocabularies.meddra.enabled | quote }}
  mondo:
    licence:
      granted: true
      required: false
      sentence: ""
    schedule: {{ .Values.airflow.vocabularies.mondo | quote }}
  rxnorm:
    licence:
      granted: true
      required: false
      sentence: ""
    schedule: {{ ternary .Values.config.vocabularies.rxnorm.refreshCron "" .Values.config.vocabularies.rxnorm.enabled | quote }}
  snomed:
    licence:
      granted: {{ .Values.config.licences.snomed.licensed }}
      required: true
      sentence: SNOMED requires affiliate license
    schedule: {{ ternary .Values.config.vocabularies.snomed.refreshCron "" .Values.config.vocabularies.snomed.enabled | quote }}
{{- end }}

{{/*
flows.mineru: The pod of a step that runs as mineru.
*/}}
{{- define "medical-kg.flows.mineru" -}}
{{- $root := .root }}
{{- $step := .step }}
{{- $command := .command }}
{{- $deadlineSeconds := .deadlineSeconds }}
{{- $storage := .storage }}
{{- $resources := .resources }}
{{- $service := $root.Values.services.mineru }}
{{- $priorityClass := ternary $service.priorityClassName ($root.Values.defaults.priorityClassName | default ($root.Values.global.pods.priorityClassName | default "")) (hasKey $service "priorityClassName") }}
{{- $runtimeClass := ternary $service.runtimeClassName $root.Values.defaults.runtimeClassName (hasKey $service "runtimeClassName") }}
{{- $pool := index $root.Values.gpu.pools $service.gpu.pool | default dict }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "medical-kg.name" (list $root "flow" ($step | replace "_" "-")) }}
  namespace: {{ $root.Release.Namespace | quote }}
  labels:
    medkg.io/step: {{ $step | quote }}
    {{- include "medical-kg.podLabels" (list $root "mineru-step") | nindent 4 }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.labels $root.Values.defaults.podLabels $service.podLabels) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include "medical-kg.configurationChecksum" $root | quote }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.annotations $root.Values.defaults.podAnnotations $service.podAnnotations) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  restartPolicy: Never
  serviceAccountName: {{ $service.serviceAccount.name | default (ternary (include "medical-kg.name" (list $root "mineru")) "default" $service.serviceAccount.create) | quote }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if or $priorityClass $root.Values.priorityClasses.create }}
  priorityClassName: {{ $priorityClass | default (include "medical-kg.clusterName" (list $root "batch" (printf "%d" (int $root.Values.priorityClasses.batch)))) | quote }}
  {{- end }}
  {{- with $runtimeClass }}
  runtimeClassName: {{ . | quote }}
  {{- end }}
  {{- if or $root.Values.global.imagePullSecrets $root.Values.defaults.imagePullSecrets $service.imagePullSecrets }}
  imagePullSecrets:
    {{- with $root.Values.global.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: {{ $service.terminationGracePeriodSeconds | int }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  nodeSelector:
    gpu: "true"
    gpu_type: {{ $pool.gpuType }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.nodeSelector $root.Values.defaults.nodeSelector $service.nodeSelector) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with ternary $service.affinity (ternary $root.Values.defaults.affinity (include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.affinity) | fromYaml) (not (empty $root.Values.defaults.affinity))) (hasKey $service "affinity") }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- else }}
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
          - matchExpressions:
              - key: gpu
                operator: In
                values:
                  - "true"
              - key: gpu_type
                operator: In
                values:
                  - {{ $pool.gpuType }}
  {{- end }}
  tolerations:
    - key: dedicated
      operator: Equal
      value: {{ $service.gpu.pool | quote }}
      effect: NoSchedule
    - key: nvidia.com/gpu
      operator: Exists
      effect: NoSchedule
    {{- with $root.Values.global.pods.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- if or $root.Values.defaults.initContainers $service.initContainers }}
  initContainers:
    {{- with $root.Values.defaults.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: base
      image: {{ include "medical-kg.image" (list $root $service.image) | quote }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      command:
        {{- toYaml $command | nindent 8 }}
      env:
        - name: REQUIRE_GPU
          value: "1"
        - name: HF_HOME
          value: /var/cache/medkg
        - name: XDG_CACHE_HOME
          value: /var/cache/medkg
        - name: CONFIG_ENV
          value: {{ $root.Values.environment }}
        - name: MEDKG_SERVICE_NAME
          value: mineru
        {{- with $root.Values.monitoring.otlpEndpoint }}
        - name: OTEL_EXPORTER_OTLP_ENDPOINT
          value: {{ . | quote }}
        - name: MEDKG_TRACE_SAMPLE_RATE
          value: {{ $root.Values.config.observability.traceSampleRate | toRawJson | quote }}
        {{- end }}
        {{- with $root.Values.external.objectStoreUri }}
        - name: OBJECT_STORE_URI
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.global.pods.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $root.Values.defaults.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- if or $root.Values.defaults.extraEnvFrom $service.extraEnvFrom }}
      envFrom:
        {{- with $root.Values.defaults.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      {{- with $resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- else }}
      resources:
        requests:
          nvidia.com/gpu: {{ $service.gpu.count | int }}
          {{- with $service.resources.requests }}
          {{- toYaml . | nindent 10 }}
          {{- end }}
        limits:
          nvidia.com/gpu: {{ $service.gpu.count | int }}
          {{- with $service.resources.limits }}
          {{- toYaml . | nindent 10 }}
          {{- end }}
      {{- end }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop:
            - ALL
      volumeMounts:
        - name: configuration
          mountPath: /etc/medkg
          readOnly: true
        - name: tmp
          mountPath: /tmp
        {{- if not $storage }}
        - name: work
          mountPath: /var/lib/medkg
        {{- end }}
        - name: cache
          mountPath: /var/cache/medkg
        - name: shm
          mountPath: /dev/shm
        {{- if $storage }}
        - name: storage
          mountPath: /var/lib/medkg
        {{- end }}
        {{- with $root.Values.defaults.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      terminationMessagePolicy: FallbackToLogsOnError
  volumes:
    - name: configuration
      configMap:
        name: {{ include "medical-kg.name" (list $root "configuration") }}
    - name: tmp
      emptyDir:
        sizeLimit: 1Gi
    {{- if not $storage }}
    - name: work
      emptyDir:
        sizeLimit: 50Gi
    {{- end }}
    - name: cache
      emptyDir:
        sizeLimit: 10Gi
    - name: shm
      emptyDir:
        medium: Memory
        sizeLimit: 4Gi
    {{- if $storage }}
    - name: storage
      persistentVolumeClaim:
        claimName: {{ $root.Values.airflow.storage.existingClaim | default (include "medical-kg.name" (list $root "flows")) | quote }}
    {{- end }}
    {{- with $root.Values.defaults.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  activeDeadlineSeconds: {{ $deadlineSeconds | int }}
{{- end }}

{{/*
flows.splade: The pod of a step that runs as splade.
*/}}
{{- define "medical-kg.flows.splade" -}}
{{- $root := .root }}
{{- $step := .step }}
{{- $command := .command }}
{{- $deadlineSeconds := .deadlineSeconds }}
{{- $storage := .storage }}
{{- $spot := .spot }}
{{- $resources := .resources }}
{{- $service := $root.Values.services.splade }}
{{- $priorityClass := ternary $service.priorityClassName ($root.Values.defaults.priorityClassName | default ($root.Values.global.pods.priorityClassName | default "")) (hasKey $service "priorityClassName") }}
{{- $runtimeClass := ternary $service.runtimeClassName $root.Values.defaults.runtimeClassName (hasKey $service "runtimeClassName") }}
{{- $pool := index $root.Values.gpu.pools $service.gpu.pool | default dict }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "medical-kg.name" (list $root "flow" ($step | replace "_" "-")) }}
  namespace: {{ $root.Release.Namespace | quote }}
  labels:
    medkg.io/step: {{ $step | quote }}
    {{- include "medical-kg.podLabels" (list $root "splade-step") | nindent 4 }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.labels $root.Values.defaults.podLabels $service.podLabels) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include "medical-kg.configurationChecksum" $root | quote }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.annotations $root.Values.defaults.podAnnotations $service.podAnnotations) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  restartPolicy: Never
  serviceAccountName: {{ $service.serviceAccount.name | default (ternary (include "medical-kg.name" (list $root "splade")) "default" $service.serviceAccount.create) | quote }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if or $priorityClass $root.Values.priorityClasses.create }}
  priorityClassName: {{ $priorityClass | default (include "medical-kg.clusterName" (list $root "batch" (printf "%d" (int $root.Values.priorityClasses.batch)))) | quote }}
  {{- end }}
  {{- with $runtimeClass }}
  runtimeClassName: {{ . | quote }}
  {{- end }}
  {{- if or $root.Values.global.imagePullSecrets $root.Values.defaults.imagePullSecrets $service.imagePullSecrets }}
  imagePullSecrets:
    {{- with $root.Values.global.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: {{ $service.terminationGracePeriodSeconds | int }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  nodeSelector:
    gpu: "true"
    gpu_type: {{ $pool.gpuType }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.nodeSelector $root.Values.defaults.nodeSelector $service.nodeSelector) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with ternary $service.affinity (ternary $root.Values.defaults.affinity (include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.affinity) | fromYaml) (not (empty $root.Values.defaults.affinity))) (hasKey $service "affinity") }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- else }}
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
          - matchExpressions:
              - key: gpu
                operator: In
                values:
                  - "true"
              - key: gpu_type
                operator: In
                values:
                  - {{ $pool.gpuType }}
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 50
          preference:
            matchExpressions:
              - key: memory
                operator: In
                values:
                  - high
  {{- end }}
  tolerations:
    - key: dedicated
      operator: Equal
      value: {{ $service.gpu.pool | quote }}
      effect: NoSchedule
    - key: nvidia.com/gpu
      operator: Exists
      effect: NoSchedule
    {{- if $spot }}
    - key: spot
      operator: Equal
      value: "true"
      effect: NoSchedule
    {{- end }}
    {{- with $root.Values.global.pods.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- if or $root.Values.defaults.initContainers $service.initContainers }}
  initContainers:
    {{- with $root.Values.defaults.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: base
      image: {{ include "medical-kg.image" (list $root $service.image) | quote }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      command:
        {{- toYaml $command | nindent 8 }}
      env:
        - name: REQUIRE_GPU
          value: "1"
        - name: HF_HOME
          value: /var/cache/medkg
        - name: XDG_CACHE_HOME
          value: /var/cache/medkg
        - name: CONFIG_ENV
          value: {{ $root.Values.environment }}
        - name: MEDKG_SERVICE_NAME
          value: splade
        {{- with $root.Values.monitoring.otlpEndpoint }}
        - name: OTEL_EXPORTER_OTLP_ENDPOINT
          value: {{ . | quote }}
        - name: MEDKG_TRACE_SAMPLE_RATE
          value: {{ $root.Values.config.observability.traceSampleRate | toRawJson | quote }}
        {{- end }}
        {{- with $root.Values.global.pods.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $root.Values.defaults.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- if or $root.Values.defaults.extraEnvFrom $service.extraEnvFrom }}
      envFrom:
        {{- with $root.Values.defaults.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      {{- with $resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- else }}
      resources:
        requests:
          nvidia.com/gpu: {{ $service.gpu.count | int }}
          {{- with $service.resources.requests }}
          {{- toYaml . | nindent 10 }}
          {{- end }}
        limits:
          nvidia.com/gpu: {{ $service.gpu.count | int }}
          {{- with $service.resources.limits }}
          {{- toYaml . | nindent 10 }}
          {{- end }}
      {{- end }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop:
            - ALL
      volumeMounts:
        - name: configuration
          mountPath: /etc/medkg
          readOnly: true
        - name: tmp
          mountPath: /tmp
        - name: cache
          mountPath: /var/cache/medkg
        - name: shm
          mountPath: /dev/shm
        {{- if $storage }}
        - name: storage
          mountPath: /var/lib/medkg
        {{- end }}
        {{- with $root.Values.defaults.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      terminationMessagePolicy: FallbackToLogsOnError
  volumes:
    - name: configuration
      configMap:
        name: {{ include "medical-kg.name" (list $root "configuration") }}
    - name: tmp
      emptyDir:
        sizeLimit: 1Gi
    - name: cache
      emptyDir:
        sizeLimit: 10Gi
    - name: shm
      emptyDir:
        medium: Memory
        sizeLimit: 2Gi
    {{- if $storage }}
    - name: storage
      persistentVolumeClaim:
        claimName: {{ $root.Values.airflow.storage.existingClaim | default (include "medical-kg.name" (list $root "flows")) | quote }}
    {{- end }}
    {{- with $root.Values.defaults.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  activeDeadlineSeconds: {{ $deadlineSeconds | int }}
{{- end }}

{{/*
flows.ingest: The pod of a step that runs as ingest.
*/}}
{{- define "medical-kg.flows.ingest" -}}
{{- $root := .root }}
{{- $step := .step }}
{{- $command := .command }}
{{- $deadlineSeconds := .deadlineSeconds }}
{{- $service := $root.Values.services.ingest }}
{{- $priorityClass := ternary $service.priorityClassName ($root.Values.defaults.priorityClassName | default ($root.Values.global.pods.priorityClassName | default "")) (hasKey $service "priorityClassName") }}
{{- $runtimeClass := ternary $service.runtimeClassName $root.Values.defaults.runtimeClassName (hasKey $service "runtimeClassName") }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "medical-kg.name" (list $root "flow" ($step | replace "_" "-")) }}
  namespace: {{ $root.Release.Namespace | quote }}
  labels:
    medkg.io/step: {{ $step | quote }}
    {{- include "medical-kg.podLabels" (list $root "ingest-step") | nindent 4 }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.labels $root.Values.defaults.podLabels $service.podLabels) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include "medical-kg.configurationChecksum" $root | quote }}
    {{- with $root.Values.secrets.rolloutToken }}
    medkg.io/secrets-rollout: {{ . | quote }}
    {{- end }}
    {{- if eq $root.Values.secrets.backend "vaultAgent" }}
    vault.hashicorp.com/agent-inject: "true"
    vault.hashicorp.com/agent-inject-secret-medkg.env: {{ printf "%s/data/%s/NCBI_API_KEY" $root.Values.secrets.vault.path $root.Values.secrets.vault.key | quote }}
    vault.hashicorp.com/agent-inject-template-medkg.env: {{ printf "{{ with secret \"%s/data/%s/NCBI_API_KEY\" }}NCBI_API_KEY={{ .Data.data.value }}\n{{ end }}{{ with secret \"%s/data/%s/OPENFDA_API_KEY\" }}OPENFDA_API_KEY={{ .Data.data.value }}\n{{ end }}{{ with secret \"%s/data/%s/UMLS_API_KEY\" }}UMLS_API_KEY={{ .Data.data.value }}\n{{ end }}" $root.Values.secrets.vault.path $root.Values.secrets.vault.key $root.Values.secrets.vault.path $root.Values.secrets.vault.key $root.Values.secrets.vault.path $root.Values.secrets.vault.key | quote }}
    vault.hashicorp.com/agent-pre-populate-only: "true"
    vault.hashicorp.com/agent-service-account-token-volume-name: vault-token
    vault.hashicorp.com/auth-path: {{ printf "auth/%s" $root.Values.secrets.vault.mount | quote }}
    vault.hashicorp.com/role: {{ printf "%singest" $root.Values.secrets.vault.rolePrefix | quote }}
    {{- end }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.annotations $root.Values.defaults.podAnnotations $service.podAnnotations) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  restartPolicy: Never
  serviceAccountName: {{ $service.serviceAccount.name | default (ternary (include "medical-kg.name" (list $root "ingest")) "default" $service.serviceAccount.create) | quote }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if or $priorityClass $root.Values.priorityClasses.create }}
  priorityClassName: {{ $priorityClass | default (include "medical-kg.clusterName" (list $root "batch" (printf "%d" (int $root.Values.priorityClasses.batch)))) | quote }}
  {{- end }}
  {{- with $runtimeClass }}
  runtimeClassName: {{ . | quote }}
  {{- end }}
  {{- if or $root.Values.global.imagePullSecrets $root.Values.defaults.imagePullSecrets $service.imagePullSecrets }}
  imagePullSecrets:
    {{- with $root.Values.global.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: {{ $service.terminationGracePeriodSeconds | int }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.nodeSelector $root.Values.defaults.nodeSelector $service.nodeSelector) | fromYaml }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with ternary $service.affinity (ternary $root.Values.defaults.affinity (include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.affinity) | fromYaml) (not (empty $root.Values.defaults.affinity))) (hasKey $service "affinity") }}
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
  {{- if or $root.Values.global.pods.tolerations $root.Values.defaults.tolerations $service.tolerations }}
  tolerations:
    {{- with $root.Values.global.pods.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- if or $root.Values.defaults.initContainers $service.initContainers }}
  initContainers:
    {{- with $root.Values.defaults.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: base
      image: {{ include "medical-kg.image" (list $root $service.image) | quote }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      command:
        {{- toYaml $command | nindent 8 }}
      env:
        - name: CONFIG_ENV
          value: {{ $root.Values.environment }}
        - name: MEDKG_SERVICE_NAME
          value: ingest
        {{- with $root.Values.monitoring.otlpEndpoint }}
        - name: OTEL_EXPORTER_OTLP_ENDPOINT
          value: {{ . | quote }}
        - name: MEDKG_TRACE_SAMPLE_RATE
          value: {{ $root.Values.config.observability.traceSampleRate | toRawJson | quote }}
        {{- end }}
        - name: MEDKG_PARSER_URL
          value: http://{{ include "medical-kg.name" (list $root "parser") }}:{{ $root.Values.services.parser.servicePort | int }}
        {{- with $root.Values.external.kafkaBrokers }}
        - name: KAFKA_BROKERS
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.external.objectStoreUri }}
        - name: OBJECT_STORE_URI
          value: {{ . | quote }}
        {{- end }}
        {{- if ne $root.Values.secrets.backend "vaultAgent" }}
        - name: NCBI_API_KEY
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "ingest" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: NCBI_API_KEY
        - name: OPENFDA_API_KEY
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "ingest" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: OPENFDA_API_KEY
        - name: UMLS_API_KEY
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "ingest" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: UMLS_API_KEY
        {{- end }}
        {{- if eq $root.Values.secrets.backend "vaultAgent" }}
        - name: MEDKG_SECRETS_FILE
          value: /vault/secrets/medkg.env
        {{- end }}
        {{- with $root.Values.global.pods.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $root.Values.defaults.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- if or $root.Values.defaults.extraEnvFrom $service.extraEnvFrom }}
      envFrom:
        {{- with $root.Values.defaults.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      resources:
        {{- toYaml $service.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop:
            - ALL
      volumeMounts:
        - name: configuration
          mountPath: /etc/medkg
          readOnly: true
        - name: tmp
          mountPath: /tmp
        - name: storage
          mountPath: /var/lib/medkg
        {{- with $root.Values.defaults.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      terminationMessagePolicy: FallbackToLogsOnError
  volumes:
    {{- if eq $root.Values.secrets.backend "vaultAgent" }}
    - name: vault-token
      projected:
        sources:
          - serviceAccountToken:
              path: token
              audience: {{ $root.Values.secrets.vault.audience | quote }}
              expirationSeconds: 3600
    {{- end }}
    - name: configuration
      configMap:
        name: {{ include "medical-kg.name" (list $root "configuration") }}
    - name: tmp
      emptyDir:
        sizeLimit: 1Gi
    - name: storage
      persistentVolumeClaim:
        claimName: {{ $root.Values.airflow.storage.existingClaim | default (include "medical-kg.name" (list $root "flows")) | quote }}
    {{- with $root.Values.defaults.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  activeDeadlineSeconds: {{ $deadlineSeconds | int }}
{{- end }}

{{/*
flows.parser: The pod of a step that runs as parser.
*/}}
{{- define "medical-kg.flows.parser" -}}
{{- $root := .root }}
{{- $step := .step }}
{{- $command := .command }}
{{- $deadlineSeconds := .deadlineSeconds }}
{{- $service := $root.Values.services.parser }}
{{- $priorityClass := ternary $service.priorityClassName ($root.Values.defaults.priorityClassName | default ($root.Values.global.pods.priorityClassName | default "")) (hasKey $service "priorityClassName") }}
{{- $runtimeClass := ternary $service.runtimeClassName $root.Values.defaults.runtimeClassName (hasKey $service "runtimeClassName") }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "medical-kg.name" (list $root "flow" ($step | replace "_" "-")) }}
  namespace: {{ $root.Release.Namespace | quote }}
  labels:
    medkg.io/step: {{ $step | quote }}
    {{- include "medical-kg.podLabels" (list $root "parser-step") | nindent 4 }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.labels $root.Values.defaults.podLabels $service.podLabels) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include "medical-kg.configurationChecksum" $root | quote }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.annotations $root.Values.defaults.podAnnotations $service.podAnnotations) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  restartPolicy: Never
  serviceAccountName: {{ $service.serviceAccount.name | default (ternary (include "medical-kg.name" (list $root "parser")) "default" $service.serviceAccount.create) | quote }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if or $priorityClass $root.Values.priorityClasses.create }}
  priorityClassName: {{ $priorityClass | default (include "medical-kg.clusterName" (list $root "batch" (printf "%d" (int $root.Values.priorityClasses.batch)))) | quote }}
  {{- end }}
  {{- with $runtimeClass }}
  runtimeClassName: {{ . | quote }}
  {{- end }}
  {{- if or $root.Values.global.imagePullSecrets $root.Values.defaults.imagePullSecrets $service.imagePullSecrets }}
  imagePullSecrets:
    {{- with $root.Values.global.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: {{ $service.terminationGracePeriodSeconds | int }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.nodeSelector $root.Values.defaults.nodeSelector $service.nodeSelector) | fromYaml }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with ternary $service.affinity (ternary $root.Values.defaults.affinity (include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.affinity) | fromYaml) (not (empty $root.Values.defaults.affinity))) (hasKey $service "affinity") }}
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
  {{- if or $root.Values.global.pods.tolerations $root.Values.defaults.tolerations $service.tolerations }}
  tolerations:
    {{- with $root.Values.global.pods.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- if or $root.Values.defaults.initContainers $service.initContainers }}
  initContainers:
    {{- with $root.Values.defaults.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: base
      image: {{ include "medical-kg.image" (list $root $service.image) | quote }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      command:
        {{- toYaml $command | nindent 8 }}
      env:
        - name: CONFIG_ENV
          value: {{ $root.Values.environment }}
        - name: MEDKG_SERVICE_NAME
          value: parser
        {{- with $root.Values.monitoring.otlpEndpoint }}
        - name: OTEL_EXPORTER_OTLP_ENDPOINT
          value: {{ . | quote }}
        - name: MEDKG_TRACE_SAMPLE_RATE
          value: {{ $root.Values.config.observability.traceSampleRate | toRawJson | quote }}
        {{- end }}
        - name: MEDKG_MINERU_URL
          value: http://{{ include "medical-kg.name" (list $root "mineru") }}:{{ $root.Values.services.mineru.servicePort | int }}
        - name: MEDKG_CHUNKER_URL
          value: http://{{ include "medical-kg.name" (list $root "chunker") }}:{{ $root.Values.services.chunker.servicePort | int }}
        {{- with $root.Values.external.kafkaBrokers }}
        - name: KAFKA_BROKERS
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.external.objectStoreUri }}
        - name: OBJECT_STORE_URI
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.global.pods.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $root.Values.defaults.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- if or $root.Values.defaults.extraEnvFrom $service.extraEnvFrom }}
      envFrom:
        {{- with $root.Values.defaults.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      resources:
        {{- toYaml $service.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop:
            - ALL
      volumeMounts:
        - name: configuration
          mountPath: /etc/medkg
          readOnly: true
        - name: tmp
          mountPath: /tmp
        - name: storage
          mountPath: /var/lib/medkg
        {{- with $root.Values.defaults.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      terminationMessagePolicy: FallbackToLogsOnError
  volumes:
    - name: configuration
      configMap:
        name: {{ include "medical-kg.name" (list $root "configuration") }}
    - name: tmp
      emptyDir:
        sizeLimit: 1Gi
    - name: storage
      persistentVolumeClaim:
        claimName: {{ $root.Values.airflow.storage.existingClaim | default (include "medical-kg.name" (list $root "flows")) | quote }}
    {{- with $root.Values.defaults.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  activeDeadlineSeconds: {{ $deadlineSeconds | int }}
{{- end }}

{{/*
flows.chunker: The pod of a step that runs as chunker.
*/}}
{{- define "medical-kg.flows.chunker" -}}
{{- $root := .root }}
{{- $step := .step }}
{{- $command := .command }}
{{- $deadlineSeconds := .deadlineSeconds }}
{{- $service := $root.Values.services.chunker }}
{{- $priorityClass := ternary $service.priorityClassName ($root.Values.defaults.priorityClassName | default ($root.Values.global.pods.priorityClassName | default "")) (hasKey $service "priorityClassName") }}
{{- $runtimeClass := ternary $service.runtimeClassName $root.Values.defaults.runtimeClassName (hasKey $service "runtimeClassName") }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "medical-kg.name" (list $root "flow" ($step | replace "_" "-")) }}
  namespace: {{ $root.Release.Namespace | quote }}
  labels:
    medkg.io/step: {{ $step | quote }}
    {{- include "medical-kg.podLabels" (list $root "chunker-step") | nindent 4 }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.labels $root.Values.defaults.podLabels $service.podLabels) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include "medical-kg.configurationChecksum" $root | quote }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.annotations $root.Values.defaults.podAnnotations $service.podAnnotations) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  restartPolicy: Never
  serviceAccountName: {{ $service.serviceAccount.name | default (ternary (include "medical-kg.name" (list $root "chunker")) "default" $service.serviceAccount.create) | quote }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if or $priorityClass $root.Values.priorityClasses.create }}
  priorityClassName: {{ $priorityClass | default (include "medical-kg.clusterName" (list $root "batch" (printf "%d" (int $root.Values.priorityClasses.batch)))) | quote }}
  {{- end }}
  {{- with $runtimeClass }}
  runtimeClassName: {{ . | quote }}
  {{- end }}
  {{- if or $root.Values.global.imagePullSecrets $root.Values.defaults.imagePullSecrets $service.imagePullSecrets }}
  imagePullSecrets:
    {{- with $root.Values.global.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: {{ $service.terminationGracePeriodSeconds | int }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.nodeSelector $root.Values.defaults.nodeSelector $service.nodeSelector) | fromYaml }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with ternary $service.affinity (ternary $root.Values.defaults.affinity (include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.affinity) | fromYaml) (not (empty $root.Values.defaults.affinity))) (hasKey $service "affinity") }}
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
  {{- if or $root.Values.global.pods.tolerations $root.Values.defaults.tolerations $service.tolerations }}
  tolerations:
    {{- with $root.Values.global.pods.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- if or $root.Values.defaults.initContainers $service.initContainers }}
  initContainers:
    {{- with $root.Values.defaults.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: base
      image: {{ include "medical-kg.image" (list $root $service.image) | quote }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      command:
        {{- toYaml $command | nindent 8 }}
      env:
        - name: CONFIG_ENV
          value: {{ $root.Values.environment }}
        - name: MEDKG_SERVICE_NAME
          value: chunker
        {{- with $root.Values.monitoring.otlpEndpoint }}
        - name: OTEL_EXPORTER_OTLP_ENDPOINT
          value: {{ . | quote }}
        - name: MEDKG_TRACE_SAMPLE_RATE
          value: {{ $root.Values.config.observability.traceSampleRate | toRawJson | quote }}
        {{- end }}
        - name: MEDKG_INDEXER_URL
          value: http://{{ include "medical-kg.name" (list $root "indexer") }}:{{ $root.Values.services.indexer.servicePort | int }}
        {{- with $root.Values.external.llm.url }}
        - name: LLM_API_BASE
          value: {{ . | quote }}
        - name: LLM_MODEL
          value: {{ $root.Values.external.llm.model | quote }}
        {{- end }}
        {{- with $root.Values.external.kafkaBrokers }}
        - name: KAFKA_BROKERS
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.external.objectStoreUri }}
        - name: OBJECT_STORE_URI
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.global.pods.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $root.Values.defaults.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- if or $root.Values.defaults.extraEnvFrom $service.extraEnvFrom }}
      envFrom:
        {{- with $root.Values.defaults.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      resources:
        {{- toYaml $service.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop:
            - ALL
      volumeMounts:
        - name: configuration
          mountPath: /etc/medkg
          readOnly: true
        - name: tmp
          mountPath: /tmp
        - name: storage
          mountPath: /var/lib/medkg
        {{- with $root.Values.defaults.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      terminationMessagePolicy: FallbackToLogsOnError
  volumes:
    - name: configuration
      configMap:
        name: {{ include "medical-kg.name" (list $root "configuration") }}
    - name: tmp
      emptyDir:
        sizeLimit: 1Gi
    - name: storage
      persistentVolumeClaim:
        claimName: {{ $root.Values.airflow.storage.existingClaim | default (include "medical-kg.name" (list $root "flows")) | quote }}
    {{- with $root.Values.defaults.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  activeDeadlineSeconds: {{ $deadlineSeconds | int }}
{{- end }}

{{/*
flows.indexer: The pod of a step that runs as indexer.
*/}}
{{- define "medical-kg.flows.indexer" -}}
{{- $root := .root }}
{{- $step := .step }}
{{- $command := .command }}
{{- $deadlineSeconds := .deadlineSeconds }}
{{- $service := $root.Values.services.indexer }}
{{- $priorityClass := ternary $service.priorityClassName ($root.Values.defaults.priorityClassName | default ($root.Values.global.pods.priorityClassName | default "")) (hasKey $service "priorityClassName") }}
{{- $runtimeClass := ternary $service.runtimeClassName $root.Values.defaults.runtimeClassName (hasKey $service "runtimeClassName") }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "medical-kg.name" (list $root "flow" ($step | replace "_" "-")) }}
  namespace: {{ $root.Release.Namespace | quote }}
  labels:
    medkg.io/step: {{ $step | quote }}
    {{- include "medical-kg.podLabels" (list $root "indexer-step") | nindent 4 }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.labels $root.Values.defaults.podLabels $service.podLabels) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include "medical-kg.configurationChecksum" $root | quote }}
    {{- with $root.Values.secrets.rolloutToken }}
    medkg.io/secrets-rollout: {{ . | quote }}
    {{- end }}
    {{- if eq $root.Values.secrets.backend "vaultAgent" }}
    vault.hashicorp.com/agent-inject: "true"
    vault.hashicorp.com/agent-inject-secret-medkg.env: {{ printf "%s/data/%s/NEO4J_USERNAME" $root.Values.secrets.vault.path $root.Values.secrets.vault.key | quote }}
    vault.hashicorp.com/agent-inject-template-medkg.env: {{ printf "{{ with secret \"%s/data/%s/NEO4J_USERNAME\" }}NEO4J_USERNAME={{ .Data.data.value }}\n{{ end }}{{ with secret \"%s/data/%s/NEO4J_PASSWORD\" }}NEO4J_PASSWORD={{ .Data.data.value }}\n{{ end }}{{ with secret \"%s/data/%s/OS_USER\" }}OS_USER={{ .Data.data.value }}\n{{ end }}{{ with secret \"%s/data/%s/OS_PASS\" }}OS_PASS={{ .Data.data.value }}\n{{ end }}" $root.Values.secrets.vault.path $root.Values.secrets.vault.key $root.Values.secrets.vault.path $root.Values.secrets.vault.key $root.Values.secrets.vault.path $root.Values.secrets.vault.key $root.Values.secrets.vault.path $root.Values.secrets.vault.key | quote }}
    vault.hashicorp.com/agent-pre-populate-only: "true"
    vault.hashicorp.com/agent-service-account-token-volume-name: vault-token
    vault.hashicorp.com/auth-path: {{ printf "auth/%s" $root.Values.secrets.vault.mount | quote }}
    vault.hashicorp.com/role: {{ printf "%sindexer" $root.Values.secrets.vault.rolePrefix | quote }}
    {{- end }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.annotations $root.Values.defaults.podAnnotations $service.podAnnotations) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  restartPolicy: Never
  serviceAccountName: {{ $service.serviceAccount.name | default (ternary (include "medical-kg.name" (list $root "indexer")) "default" $service.serviceAccount.create) | quote }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if or $priorityClass $root.Values.priorityClasses.create }}
  priorityClassName: {{ $priorityClass | default (include "medical-kg.clusterName" (list $root "batch" (printf "%d" (int $root.Values.priorityClasses.batch)))) | quote }}
  {{- end }}
  {{- with $runtimeClass }}
  runtimeClassName: {{ . | quote }}
  {{- end }}
  {{- if or $root.Values.global.imagePullSecrets $root.Values.defaults.imagePullSecrets $service.imagePullSecrets }}
  imagePullSecrets:
    {{- with $root.Values.global.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: {{ $service.terminationGracePeriodSeconds | int }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.nodeSelector $root.Values.defaults.nodeSelector $service.nodeSelector) | fromYaml }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with ternary $service.affinity (ternary $root.Values.defaults.affinity (include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.affinity) | fromYaml) (not (empty $root.Values.defaults.affinity))) (hasKey $service "affinity") }}
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
  {{- if or $root.Values.global.pods.tolerations $root.Values.defaults.tolerations $service.tolerations }}
  tolerations:
    {{- with $root.Values.global.pods.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- if or $root.Values.defaults.initContainers $service.initContainers }}
  initContainers:
    {{- with $root.Values.defaults.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: base
      image: {{ include "medical-kg.image" (list $root $service.image) | quote }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      command:
        {{- toYaml $command | nindent 8 }}
      env:
        - name: CONFIG_ENV
          value: {{ $root.Values.environment }}
        - name: MEDKG_SERVICE_NAME
          value: indexer
        {{- with $root.Values.monitoring.otlpEndpoint }}
        - name: OTEL_EXPORTER_OTLP_ENDPOINT
          value: {{ . | quote }}
        - name: MEDKG_TRACE_SAMPLE_RATE
          value: {{ $root.Values.config.observability.traceSampleRate | toRawJson | quote }}
        {{- end }}
        - name: MEDKG_SPLADE_URL
          value: http://{{ include "medical-kg.name" (list $root "splade") }}:{{ $root.Values.services.splade.servicePort | int }}
        - name: VLLM_API_BASE
          value: http://{{ include "medical-kg.name" (list $root "qwen-embed-vllm") }}:{{ $root.Values.services.qwenEmbedVllm.servicePort | int }}
        {{- with $root.Values.external.opensearchUrl }}
        - name: ES_URL
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.external.neo4jUri }}
        - name: NEO4J_URI
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.external.kafkaBrokers }}
        - name: KAFKA_BROKERS
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.external.objectStoreUri }}
        - name: OBJECT_STORE_URI
          value: {{ . | quote }}
        {{- end }}
        {{- if ne $root.Values.secrets.backend "vaultAgent" }}
        - name: NEO4J_USERNAME
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "indexer" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: NEO4J_USERNAME
        - name: NEO4J_PASSWORD
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "indexer" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: NEO4J_PASSWORD
        - name: OS_USER
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "indexer" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: OS_USER
        - name: OS_PASS
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "indexer" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: OS_PASS
        {{- end }}
        {{- if eq $root.Values.secrets.backend "vaultAgent" }}
        - name: MEDKG_SECRETS_FILE
          value: /vault/secrets/medkg.env
        {{- end }}
        {{- with $root.Values.global.pods.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $root.Values.defaults.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- if or $root.Values.defaults.extraEnvFrom $service.extraEnvFrom }}
      envFrom:
        {{- with $root.Values.defaults.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      resources:
        {{- toYaml $service.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop:
            - ALL
      volumeMounts:
        - name: configuration
          mountPath: /etc/medkg
          readOnly: true
        - name: tmp
          mountPath: /tmp
        - name: storage
          mountPath: /var/lib/medkg
        {{- with $root.Values.defaults.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      terminationMessagePolicy: FallbackToLogsOnError
  volumes:
    {{- if eq $root.Values.secrets.backend "vaultAgent" }}
    - name: vault-token
      projected:
        sources:
          - serviceAccountToken:
              path: token
              audience: {{ $root.Values.secrets.vault.audience | quote }}
              expirationSeconds: 3600
    {{- end }}
    - name: configuration
      configMap:
        name: {{ include "medical-kg.name" (list $root "configuration") }}
    - name: tmp
      emptyDir:
        sizeLimit: 1Gi
    - name: storage
      persistentVolumeClaim:
        claimName: {{ $root.Values.airflow.storage.existingClaim | default (include "medical-kg.name" (list $root "flows")) | quote }}
    {{- with $root.Values.defaults.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  activeDeadlineSeconds: {{ $deadlineSeconds | int }}
{{- end }}

{{/*
flows.extract: The pod of a step that runs as extract.
*/}}
{{- define "medical-kg.flows.extract" -}}
{{- $root := .root }}
{{- $step := .step }}
{{- $command := .command }}
{{- $deadlineSeconds := .deadlineSeconds }}
{{- $service := $root.Values.services.extract }}
{{- $priorityClass := ternary $service.priorityClassName ($root.Values.defaults.priorityClassName | default ($root.Values.global.pods.priorityClassName | default "")) (hasKey $service "priorityClassName") }}
{{- $runtimeClass := ternary $service.runtimeClassName $root.Values.defaults.runtimeClassName (hasKey $service "runtimeClassName") }}
{{- $pool := index $root.Values.gpu.pools $service.gpu.pool | default dict }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "medical-kg.name" (list $root "flow" ($step | replace "_" "-")) }}
  namespace: {{ $root.Release.Namespace | quote }}
  labels:
    medkg.io/step: {{ $step | quote }}
    {{- include "medical-kg.podLabels" (list $root "extract-step") | nindent 4 }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.labels $root.Values.defaults.podLabels $service.podLabels) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include "medical-kg.configurationChecksum" $root | quote }}
    {{- with $root.Values.secrets.rolloutToken }}
    medkg.io/secrets-rollout: {{ . | quote }}
    {{- end }}
    {{- if eq $root.Values.secrets.backend "vaultAgent" }}
    vault.hashicorp.com/agent-inject: "true"
    vault.hashicorp.com/agent-inject-secret-medkg.env: {{ printf "%s/data/%s/NEO4J_USERNAME" $root.Values.secrets.vault.path $root.Values.secrets.vault.key | quote }}
    vault.hashicorp.com/agent-inject-template-medkg.env: {{ printf "{{ with secret \"%s/data/%s/NEO4J_USERNAME\" }}NEO4J_USERNAME={{ .Data.data.value }}\n{{ end }}{{ with secret \"%s/data/%s/NEO4J_PASSWORD\" }}NEO4J_PASSWORD={{ .Data.data.value }}\n{{ end }}{{ with secret \"%s/data/%s/OS_USER\" }}OS_USER={{ .Data.data.value }}\n{{ end }}{{ with secret \"%s/data/%s/OS_PASS\" }}OS_PASS={{ .Data.data.value }}\n{{ end }}" $root.Values.secrets.vault.path $root.Values.secrets.vault.key $root.Values.secrets.vault.path $root.Values.secrets.vault.key $root.Values.secrets.vault.path $root.Values.secrets.vault.key $root.Values.secrets.vault.path $root.Values.secrets.vault.key | quote }}
    vault.hashicorp.com/agent-pre-populate-only: "true"
    vault.hashicorp.com/agent-service-account-token-volume-name: vault-token
    vault.hashicorp.com/auth-path: {{ printf "auth/%s" $root.Values.secrets.vault.mount | quote }}
    vault.hashicorp.com/role: {{ printf "%sextract" $root.Values.secrets.vault.rolePrefix | quote }}
    {{- end }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.annotations $root.Values.defaults.podAnnotations $service.podAnnotations) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  restartPolicy: Never
  serviceAccountName: {{ $service.serviceAccount.name | default (ternary (include "medical-kg.name" (list $root "extract")) "default" $service.serviceAccount.create) | quote }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if or $priorityClass $root.Values.priorityClasses.create }}
  priorityClassName: {{ $priorityClass | default (include "medical-kg.clusterName" (list $root "batch" (printf "%d" (int $root.Values.priorityClasses.batch)))) | quote }}
  {{- end }}
  {{- with $runtimeClass }}
  runtimeClassName: {{ . | quote }}
  {{- end }}
  {{- if or $root.Values.global.imagePullSecrets $root.Values.defaults.imagePullSecrets $service.imagePullSecrets }}
  imagePullSecrets:
    {{- with $root.Values.global.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: {{ $service.terminationGracePeriodSeconds | int }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  {{- if or $service.gpu.pool (include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.nodeSelector $root.Values.defaults.nodeSelector $service.nodeSelector) | fromYaml) }}
  nodeSelector:
    {{- if $service.gpu.pool }}
    gpu: "true"
    gpu_type: {{ $pool.gpuType }}
    {{- end }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.nodeSelector $root.Values.defaults.nodeSelector $service.nodeSelector) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- with ternary $service.affinity (ternary $root.Values.defaults.affinity (include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.affinity) | fromYaml) (not (empty $root.Values.defaults.affinity))) (hasKey $service "affinity") }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- else }}
  {{- if or $service.gpu.pool (not $service.gpu.pool) }}
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
          {{- if $service.gpu.pool }}
          - matchExpressions:
              - key: gpu
                operator: In
                values:
                  - "true"
              - key: gpu_type
                operator: In
                values:
                  - {{ $pool.gpuType }}
          {{- end }}
          {{- if not $service.gpu.pool }}
          - matchExpressions:
              - key: gpu
                operator: NotIn
                values:
                  - "true"
          {{- end }}
  {{- end }}
  {{- end }}
  {{- if or $service.gpu.pool $root.Values.global.pods.tolerations $root.Values.defaults.tolerations $service.tolerations }}
  tolerations:
    {{- with $service.gpu.pool }}
    - key: dedicated
      operator: Equal
      value: {{ . | quote }}
      effect: NoSchedule
    - key: nvidia.com/gpu
      operator: Exists
      effect: NoSchedule
    {{- end }}
    {{- with $root.Values.global.pods.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- if or $root.Values.defaults.initContainers $service.initContainers }}
  initContainers:
    {{- with $root.Values.defaults.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: base
      image: {{ include "medical-kg.image" (list $root $service.image) | quote }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      command:
        {{- toYaml $command | nindent 8 }}
      env:
        - name: CONFIG_ENV
          value: {{ $root.Values.environment }}
        - name: MEDKG_SERVICE_NAME
          value: extract
        {{- with $root.Values.monitoring.otlpEndpoint }}
        - name: OTEL_EXPORTER_OTLP_ENDPOINT
          value: {{ . | quote }}
        - name: MEDKG_TRACE_SAMPLE_RATE
          value: {{ $root.Values.config.observability.traceSampleRate | toRawJson | quote }}
        {{- end }}
        {{- with $root.Values.external.llm.url }}
        - name: LLM_API_BASE
          value: {{ . | quote }}
        - name: LLM_MODEL
          value: {{ $root.Values.external.llm.model | quote }}
        {{- end }}
        {{- with $root.Values.external.opensearchUrl }}
        - name: ES_URL
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.external.neo4jUri }}
        - name: NEO4J_URI
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.external.kafkaBrokers }}
        - name: KAFKA_BROKERS
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.external.objectStoreUri }}
        - name: OBJECT_STORE_URI
          value: {{ . | quote }}
        {{- end }}
        {{- if ne $root.Values.secrets.backend "vaultAgent" }}
        - name: NEO4J_USERNAME
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "extract" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: NEO4J_USERNAME
        - name: NEO4J_PASSWORD
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "extract" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: NEO4J_PASSWORD
        - name: OS_USER
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "extract" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: OS_USER
        - name: OS_PASS
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "extract" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: OS_PASS
        {{- end }}
        {{- if eq $root.Values.secrets.backend "vaultAgent" }}
        - name: MEDKG_SECRETS_FILE
          value: /vault/secrets/medkg.env
        {{- end }}
        {{- with $root.Values.global.pods.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $root.Values.defaults.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- if or $root.Values.defaults.extraEnvFrom $service.extraEnvFrom }}
      envFrom:
        {{- with $root.Values.defaults.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      {{- if or $service.gpu.pool $service.resources.limits $service.gpu.pool $service.resources.requests }}
      resources:
        {{- if or $service.gpu.pool $service.resources.requests }}
        requests:
          {{- if $service.gpu.pool }}
          nvidia.com/gpu: {{ $service.gpu.count | int }}
          {{- end }}
          {{- with $service.resources.requests }}
          {{- toYaml . | nindent 10 }}
          {{- end }}
        {{- end }}
        {{- if or $service.gpu.pool $service.resources.limits }}
        limits:
          {{- if $service.gpu.pool }}
          nvidia.com/gpu: {{ $service.gpu.count | int }}
          {{- end }}
          {{- with $service.resources.limits }}
          {{- toYaml . | nindent 10 }}
          {{- end }}
        {{- end }}
      {{- end }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop:
            - ALL
      volumeMounts:
        - name: configuration
          mountPath: /etc/medkg
          readOnly: true
        - name: tmp
          mountPath: /tmp
        - name: storage
          mountPath: /var/lib/medkg
        {{- with $root.Values.defaults.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      terminationMessagePolicy: FallbackToLogsOnError
  volumes:
    {{- if eq $root.Values.secrets.backend "vaultAgent" }}
    - name: vault-token
      projected:
        sources:
          - serviceAccountToken:
              path: token
              audience: {{ $root.Values.secrets.vault.audience | quote }}
              expirationSeconds: 3600
    {{- end }}
    - name: configuration
      configMap:
        name: {{ include "medical-kg.name" (list $root "configuration") }}
    - name: tmp
      emptyDir:
        sizeLimit: 1Gi
    - name: storage
      persistentVolumeClaim:
        claimName: {{ $root.Values.airflow.storage.existingClaim | default (include "medical-kg.name" (list $root "flows")) | quote }}
    {{- with $root.Values.defaults.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  activeDeadlineSeconds: {{ $deadlineSeconds | int }}
{{- end }}

{{/*
flows.catalog: The pod of a step that runs as catalog.
*/}}
{{- define "medical-kg.flows.catalog" -}}
{{- $root := .root }}
{{- $step := .step }}
{{- $command := .command }}
{{- $deadlineSeconds := .deadlineSeconds }}
{{- $service := $root.Values.services.catalog }}
{{- $priorityClass := ternary $service.priorityClassName ($root.Values.defaults.priorityClassName | default ($root.Values.global.pods.priorityClassName | default "")) (hasKey $service "priorityClassName") }}
{{- $runtimeClass := ternary $service.runtimeClassName $root.Values.defaults.runtimeClassName (hasKey $service "runtimeClassName") }}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "medical-kg.name" (list $root "flow" ($step | replace "_" "-")) }}
  namespace: {{ $root.Release.Namespace | quote }}
  labels:
    medkg.io/step: {{ $step | quote }}
    {{- include "medical-kg.podLabels" (list $root "catalog-step") | nindent 4 }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.labels $root.Values.defaults.podLabels $service.podLabels) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    checksum/config: {{ include "medical-kg.configurationChecksum" $root | quote }}
    {{- with $root.Values.secrets.rolloutToken }}
    medkg.io/secrets-rollout: {{ . | quote }}
    {{- end }}
    {{- if eq $root.Values.secrets.backend "vaultAgent" }}
    vault.hashicorp.com/agent-inject: "true"
    vault.hashicorp.com/agent-inject-secret-medkg.env: {{ printf "%s/data/%s/UMLS_API_KEY" $root.Values.secrets.vault.path $root.Values.secrets.vault.key | quote }}
    vault.hashicorp.com/agent-inject-template-medkg.env: {{ printf "{{ with secret \"%s/data/%s/UMLS_API_KEY\" }}UMLS_API_KEY={{ .Data.data.value }}\n{{ end }}{{ with secret \"%s/data/%s/NEO4J_USERNAME\" }}NEO4J_USERNAME={{ .Data.data.value }}\n{{ end }}{{ with secret \"%s/data/%s/NEO4J_PASSWORD\" }}NEO4J_PASSWORD={{ .Data.data.value }}\n{{ end }}{{ with secret \"%s/data/%s/OS_USER\" }}OS_USER={{ .Data.data.value }}\n{{ end }}{{ with secret \"%s/data/%s/OS_PASS\" }}OS_PASS={{ .Data.data.value }}\n{{ end }}" $root.Values.secrets.vault.path $root.Values.secrets.vault.key $root.Values.secrets.vault.path $root.Values.secrets.vault.key $root.Values.secrets.vault.path $root.Values.secrets.vault.key $root.Values.secrets.vault.path $root.Values.secrets.vault.key $root.Values.secrets.vault.path $root.Values.secrets.vault.key | quote }}
    vault.hashicorp.com/agent-pre-populate-only: "true"
    vault.hashicorp.com/agent-service-account-token-volume-name: vault-token
    vault.hashicorp.com/auth-path: {{ printf "auth/%s" $root.Values.secrets.vault.mount | quote }}
    vault.hashicorp.com/role: {{ printf "%scatalog" $root.Values.secrets.vault.rolePrefix | quote }}
    {{- end }}
    {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.annotations $root.Values.defaults.podAnnotations $service.podAnnotations) | fromYaml }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  restartPolicy: Never
  serviceAccountName: {{ $service.serviceAccount.name | default (ternary (include "medical-kg.name" (list $root "catalog")) "default" $service.serviceAccount.create) | quote }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  {{- if or $priorityClass $root.Values.priorityClasses.create }}
  priorityClassName: {{ $priorityClass | default (include "medical-kg.clusterName" (list $root "batch" (printf "%d" (int $root.Values.priorityClasses.batch)))) | quote }}
  {{- end }}
  {{- with $runtimeClass }}
  runtimeClassName: {{ . | quote }}
  {{- end }}
  {{- if or $root.Values.global.imagePullSecrets $root.Values.defaults.imagePullSecrets $service.imagePullSecrets }}
  imagePullSecrets:
    {{- with $root.Values.global.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.imagePullSecrets }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  terminationGracePeriodSeconds: {{ $service.terminationGracePeriodSeconds | int }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    fsGroupChangePolicy: OnRootMismatch
    seccompProfile:
      type: RuntimeDefault
  {{- with include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.nodeSelector $root.Values.defaults.nodeSelector $service.nodeSelector) | fromYaml }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with ternary $service.affinity (ternary $root.Values.defaults.affinity (include "medical-kg.mergedMaps" (list $root $root.Values.global.pods.affinity) | fromYaml) (not (empty $root.Values.defaults.affinity))) (hasKey $service "affinity") }}
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
  {{- if or $root.Values.global.pods.tolerations $root.Values.defaults.tolerations $service.tolerations }}
  tolerations:
    {{- with $root.Values.global.pods.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $root.Values.defaults.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  {{- if or $root.Values.defaults.initContainers $service.initContainers }}
  initContainers:
    {{- with $root.Values.defaults.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.initContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- end }}
  containers:
    - name: base
      image: {{ include "medical-kg.image" (list $root $service.image) | quote }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      command:
        {{- toYaml $command | nindent 8 }}
      env:
        - name: CONFIG_ENV
          value: {{ $root.Values.environment }}
        - name: MEDKG_SERVICE_NAME
          value: catalog
        {{- with $root.Values.monitoring.otlpEndpoint }}
        - name: OTEL_EXPORTER_OTLP_ENDPOINT
          value: {{ . | quote }}
        - name: MEDKG_TRACE_SAMPLE_RATE
          value: {{ $root.Values.config.observability.traceSampleRate | toRawJson | quote }}
        {{- end }}
        - name: MEDKG_SPLADE_URL
          value: http://{{ include "medical-kg.name" (list $root "splade") }}:{{ $root.Values.services.splade.servicePort | int }}
        - name: VLLM_API_BASE
          value: http://{{ include "medical-kg.name" (list $root "qwen-embed-vllm") }}:{{ $root.Values.services.qwenEmbedVllm.servicePort | int }}
        {{- with $root.Values.external.opensearchUrl }}
        - name: ES_URL
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.external.neo4jUri }}
        - name: NEO4J_URI
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.external.kafkaBrokers }}
        - name: KAFKA_BROKERS
          value: {{ . | quote }}
        {{- end }}
        {{- with $root.Values.external.objectStoreUri }}
        - name: OBJECT_STORE_URI
          value: {{ . | quote }}
        {{- end }}
        {{- if ne $root.Values.secrets.backend "vaultAgent" }}
        - name: UMLS_API_KEY
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "catalog" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: UMLS_API_KEY
        - name: NEO4J_USERNAME
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "catalog" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: NEO4J_USERNAME
        - name: NEO4J_PASSWORD
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "catalog" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: NEO4J_PASSWORD
        - name: OS_USER
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "catalog" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: OS_USER
        - name: OS_PASS
          valueFrom:
            secretKeyRef:
              name: {{ ternary (include "medical-kg.name" (list $root "catalog" "secrets")) $root.Values.secrets.existingSecret (eq $root.Values.secrets.backend "externalSecrets") | quote }}
              key: OS_PASS
        {{- end }}
        {{- if eq $root.Values.secrets.backend "vaultAgent" }}
        - name: MEDKG_SECRETS_FILE
          value: /vault/secrets/medkg.env
        {{- end }}
        {{- with $root.Values.global.pods.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $root.Values.defaults.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnv }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- if or $root.Values.defaults.extraEnvFrom $service.extraEnvFrom }}
      envFrom:
        {{- with $root.Values.defaults.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraEnvFrom }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
      resources:
        {{- toYaml $service.resources | nindent 8 }}
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop:
            - ALL
      volumeMounts:
        - name: configuration
          mountPath: /etc/medkg
          readOnly: true
        - name: tmp
          mountPath: /tmp
        - name: storage
          mountPath: /var/lib/medkg
        {{- with $root.Values.defaults.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
        {{- with $service.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      terminationMessagePolicy: FallbackToLogsOnError
  volumes:
    {{- if eq $root.Values.secrets.backend "vaultAgent" }}
    - name: vault-token
      projected:
        sources:
          - serviceAccountToken:
              path: token
              audience: {{ $root.Values.secrets.vault.audience | quote }}
              expirationSeconds: 3600
    {{- end }}
    - name: configuration
      configMap:
        name: {{ include "medical-kg.name" (list $root "configuration") }}
    - name: tmp
      emptyDir:
        sizeLimit: 1Gi
    - name: storage
      persistentVolumeClaim:
        claimName: {{ $root.Values.airflow.storage.existingClaim | default (include "medical-kg.name" (list $root "flows")) | quote }}
    {{- with $root.Values.defaults.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with $service.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  activeDeadlineSeconds: {{ $deadlineSeconds | int }}
{{- end }}
