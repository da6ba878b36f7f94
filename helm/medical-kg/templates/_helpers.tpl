{{/*
Which installation this is: the name of the release, or fullnameOverride, of the chart or of all.
Selectors have it too, so that objects under a new name never take the pods of those under the old one.
*/}}
{{- define "medical-kg.instance" -}}
{{- .Values.fullnameOverride | default .Values.global.fullnameOverride | default .Release.Name -}}
{{- end }}

{{/*
The release's part of every name, a DNS label: of the instance's name, dots turn into dashes, and a leading
digit gets a letter before it. What was changed, or is longer than
28 characters, ends in a hash of the original, so that two releases never share a name.
*/}}
{{- define "medical-kg.baseName" -}}
{{- $given := include "medical-kg.instance" . -}}
{{- $base := $given | replace "." "-" -}}
{{- if regexMatch "^[0-9]" $base -}}
  {{- $base = printf "r%s" $base -}}
{{- end -}}
{{- if or (ne $base $given) (gt (len $base) 28) -}}
  {{- printf "%s-%s" ($base | trunc 19 | trimSuffix "-") ($given | sha256sum | trunc 8) -}}
{{- else -}}
  {{- $base -}}
{{- end -}}
{{- end }}

{{/*
The name of an object: <release>-<component>[-<part>].
Call: include "medical-kg.name" (list . "api" "secrets")
*/}}
{{- define "medical-kg.name" -}}
{{- $base := include "medical-kg.baseName" (first .) -}}
{{- join "-" (prepend (rest .) $base) -}}
{{- end }}

{{/*
The name of an object that belongs to no namespace: <namespace>-<release>-<part>, cut like other names.
Call: include "medical-kg.clusterName" (list . "serving")
*/}}
{{- define "medical-kg.clusterName" -}}
{{- $root := first . -}}
{{- $base := printf "%s-%s" $root.Release.Namespace (include "medical-kg.baseName" $root) -}}
{{- $hash := printf "%s/%s" $root.Release.Namespace (include "medical-kg.baseName" $root) | sha256sum | trunc 8 -}}
{{- printf "%s-%s-%s" ($base | trunc 19 | trimSuffix "-") $hash (join "-" (rest .)) -}}
{{- end }}

{{/*
Labels that select the pods of a component. A selector cannot be changed later: no value touches them but the
one that renames the objects too.
Call: include "medical-kg.selectorLabels" (list . "api")
*/}}
{{- define "medical-kg.selectorLabels" -}}
app.kubernetes.io/instance: {{ include "medical-kg.instance" (first .) | quote }}
app.kubernetes.io/component: {{ last . }}
{{- end }}

{{/*
Labels of the pods of a component: nothing that changes with the version of the chart, which would roll
every pod at each release.
Call: include "medical-kg.podLabels" (list . "api")
*/}}
{{- define "medical-kg.podLabels" -}}
{{ include "medical-kg.selectorLabels" . }}
app.kubernetes.io/name: {{ (first .).Chart.Name }}
app.kubernetes.io/part-of: medical-kg
{{- end }}

{{/*
Labels of every object of a component.
Call: include "medical-kg.labels" (list . "api")
*/}}
{{- define "medical-kg.labels" -}}
{{ include "medical-kg.podLabels" . }}
app.kubernetes.io/version: {{ (first .).Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ (first .).Release.Service }}
helm.sh/chart: {{ printf "%s-%s" (first .).Chart.Name (first .).Chart.Version | replace "+" "_" }}
{{- end }}

{{/*
One map out of several; a later one wins. An empty or absent one adds nothing. It is printed as JSON, which is
YAML too: as the last of its text, toYaml would lose a line break at the end of a value.
Call: include "medical-kg.mergedMaps" (list . $first $second)
*/}}
{{- define "medical-kg.mergedMaps" -}}
{{- $merged := dict -}}
{{- range rest . -}}
  {{- range $key, $value := . -}}
    {{- $_ := set $merged $key $value -}}
  {{- end -}}
{{- end -}}
{{- toRawJson $merged -}}
{{- end }}

{{/*
The image of a service. A digest wins over a tag; an image without a registry of its own is one of ours.
Call: include "medical-kg.image" (list . .Values.services.api.image)
*/}}
{{- define "medical-kg.image" -}}
{{- $root := first . -}}
{{- $image := last . -}}
{{- $ours := $root.Values.image -}}
{{- $registry := $root.Values.global.imageRegistry | default $image.registry | default $ours.registry -}}
{{- $prefix := ternary "" $ours.repositoryPrefix (not (empty $image.registry)) -}}
{{- $version := printf ":%s" ($image.tag | default $ours.tag | default $root.Chart.AppVersion) -}}
{{- if $image.digest -}}
  {{- $version = printf "@%s" $image.digest -}}
{{- end -}}
{{- printf "%s/%s%s%s" $registry $prefix $image.repository $version -}}
{{- end }}

{{/*
The least number of pods that a service runs, whoever scales it.
Call: include "medical-kg.minReplicas" (list . .Values.services.api.scaling)
*/}}
{{- define "medical-kg.minReplicas" -}}
{{- $scaling := last . -}}
{{- if eq $scaling.mode "fixed" -}}
  {{- $scaling.fixed.replicas | int -}}
{{- else if eq $scaling.mode "hpa" -}}
  {{- $scaling.hpa.minReplicas | int -}}
{{- else -}}
  {{- $scaling.keda.minReplicas | int -}}
{{- end -}}
{{- end }}

{{/*
The pods and networks of a named peer, as list items of a network policy's rule.
Call: include "medical-kg.peerEnds" .Values.network.peers.edge
*/}}
{{- define "medical-kg.peerEnds" -}}
{{- with .selectors }}
{{- toYaml . }}
{{- end }}
{{- range $block := .blocks }}
- ipBlock:
    cidr: {{ $block.cidr | quote }}
    {{- with $block.except }}
    except:
      {{- toYaml . | nindent 6 }}
    {{- end }}
{{- end }}
{{- end }}

{{/*
The rule that lets a named peer in, at one of our ports. A peer without pods and networks is closed.
Call: include "medical-kg.ingressFrom" (list . .Values.network.peers.edge 8080)
*/}}
{{- define "medical-kg.ingressFrom" -}}
{{- $peer := index . 1 -}}
{{- if or $peer.selectors $peer.blocks -}}
- from:
    {{- include "medical-kg.peerEnds" $peer | trim | nindent 4 }}
  ports:
    - port: {{ last . }}
      protocol: TCP
{{- end -}}
{{- end }}

{{/*
The rule that lets our pods out to a named peer. A peer without pods and networks, or without ports, is closed.
Call: include "medical-kg.egressTo" (list . .Values.network.peers.dns "UDP" "TCP")
*/}}
{{- define "medical-kg.egressTo" -}}
{{- $peer := index . 1 -}}
{{- $protocols := slice . 2 -}}
{{- if and $peer.ports (or $peer.selectors $peer.blocks) -}}
- to:
    {{- include "medical-kg.peerEnds" $peer | trim | nindent 4 }}
  ports:
    {{- range $port := $peer.ports }}
    {{- range $protocol := $protocols }}
    - port: {{ $port | int }}
      protocol: {{ $protocol }}
    {{- end }}
    {{- end }}
{{- end -}}
{{- end }}

{{/*
What is named more than once, by a name or in a list of maps that have one; an empty name and a missing list
name nothing. Call: include "medical-kg.repeatedNames" (list . "HOME" .Values.defaults.extraEnv)
*/}}
{{- define "medical-kg.repeatedNames" -}}
{{- $seen := dict -}}
{{- $again := dict -}}
{{- range rest . -}}
  {{- range ternary . (list (dict "name" .)) (kindIs "slice" .) -}}
    {{- if .name -}}
      {{- $_ := set (ternary $again $seen (hasKey $seen .name)) .name true -}}
    {{- end -}}
  {{- end -}}
{{- end -}}
{{- keys $again | sortAlpha | join ", " -}}
{{- end }}

{{/*
config.yaml of the application. What is written ${VARIABLE:…} the application fills in from its environment.
*/}}
{{- define "medical-kg.config" -}}
"$schema": "./config.schema.json#v1.0.0"
config_version: 1.0.0
feature_flags:
  splade_enabled: {{ .Values.config.featureFlags.spladeEnabled }}
  reranker_enabled: {{ .Values.config.featureFlags.rerankerEnabled }}
  extraction_experimental_enabled: {{ .Values.config.featureFlags.extractionExperimentalEnabled }}
sources:
  pubmed:
    base_url: https://eutils.ncbi.nlm.nih.gov/entrez/eutils/
    api_key: "${NCBI_API_KEY:not-given-to-this-service}"
    rate_limit:
      requests_per_minute: {{ .Values.config.sources.pubmed.rateLimit.requestsPerMinute | int }}
      burst: {{ .Values.config.sources.pubmed.rateLimit.burst | int }}
    retry:
      max_attempts: {{ .Values.config.sources.pubmed.retry.maxAttempts | int }}
      backoff_seconds: {{ .Values.config.sources.pubmed.retry.backoffSeconds | toRawJson }}
  pmc:
    base_url: https://www.ncbi.nlm.nih.gov/pmc/oai/oai.cgi
    rate_limit:
      requests_per_minute: {{ .Values.config.sources.pmc.rateLimit.requestsPerMinute | int }}
      burst: {{ .Values.config.sources.pmc.rateLimit.burst | int }}
    retry:
      max_attempts: {{ .Values.config.sources.pmc.retry.maxAttempts | int }}
      backoff_seconds: {{ .Values.config.sources.pmc.retry.backoffSeconds | toRawJson }}
  clinicaltrials:
    base_url: https://clinicaltrials.gov/api/v2
    rate_limit:
      requests_per_minute: {{ .Values.config.sources.clinicaltrials.rateLimit.requestsPerMinute | int }}
      burst: {{ .Values.config.sources.clinicaltrials.rateLimit.burst | int }}
    retry:
      max_attempts: {{ .Values.config.sources.clinicaltrials.retry.maxAttempts | int }}
      backoff_seconds: {{ .Values.config.sources.clinicaltrials.retry.backoffSeconds | toRawJson }}
  dailymed:
    base_url: https://api.fda.gov/drug/label.json
    api_key: "${OPENFDA_API_KEY:not-given-to-this-service}"
    rate_limit:
      requests_per_minute: {{ .Values.config.sources.dailymed.rateLimit.requestsPerMinute | int }}
      burst: {{ .Values.config.sources.dailymed.rateLimit.burst | int }}
    retry:
      max_attempts: {{ .Values.config.sources.dailymed.retry.maxAttempts | int }}
      backoff_seconds: {{ .Values.config.sources.dailymed.retry.backoffSeconds | toRawJson }}
chunking:
  profiles:
    imrad:
      target_tokens: {{ .Values.config.chunking.imrad.targetTokens | int }}
      overlap: {{ .Values.config.chunking.imrad.overlap | int }}
      tau_coh: {{ .Values.config.chunking.imrad.tauCoh | toRawJson }}
    registry:
      target_tokens: {{ .Values.config.chunking.registry.targetTokens | int }}
      overlap: {{ .Values.config.chunking.registry.overlap | int }}
      tau_coh: {{ .Values.config.chunking.registry.tauCoh | toRawJson }}
    spl:
      target_tokens: {{ .Values.config.chunking.spl.targetTokens | int }}
      overlap: {{ .Values.config.chunking.spl.overlap | int }}
      tau_coh: {{ .Values.config.chunking.spl.tauCoh | toRawJson }}
    guideline:
      target_tokens: {{ .Values.config.chunking.guideline.targetTokens | int }}
      overlap: {{ .Values.config.chunking.guideline.overlap | int }}
      tau_coh: {{ .Values.config.chunking.guideline.tauCoh | toRawJson }}
pipelines:
  pdf:
    ledger_path: /var/lib/medkg/ledger.jsonl
    artifact_dir: /var/lib/medkg/artifacts
    require_gpu: {{ .Values.config.pdf.requireGpu }}
embeddings:
  vllm_api_base: "${VLLM_API_BASE:not-given-to-this-service}"
  model: {{ .Values.services.qwenEmbedVllm.model.servedName | toRawJson }}
  batch_size: {{ .Values.config.embeddings.batchSize | int }}
  splade_top_k: {{ .Values.config.embeddings.spladeTopK | int }}
  require_gpu: {{ .Values.config.embeddings.requireGpu }}
retrieval:
  fusion:
    weights:
      bm25: {{ .Values.config.retrieval.fusion.weights.bm25 | toRawJson }}
      splade: {{ .Values.config.retrieval.fusion.weights.splade | toRawJson }}
      dense: {{ .Values.config.retrieval.fusion.weights.dense | toRawJson }}
    rrf_k: {{ .Values.config.retrieval.fusion.rrfK | int }}
  reranker:
    enabled: {{ .Values.config.featureFlags.rerankerEnabled }}
    top_n: {{ .Values.config.retrieval.reranker.topN | int }}
    slo_ms: {{ .Values.config.retrieval.reranker.sloMs | int }}
  neighbor_merge:
    min_cosine: {{ .Values.config.retrieval.neighborMerge.minCosine | toRawJson }}
    max_tokens: {{ .Values.config.retrieval.neighborMerge.maxTokens | int }}
  indices:
    bm25: {{ .Values.config.retrieval.indices.bm25 | toRawJson }}
    splade: {{ .Values.config.retrieval.indices.splade | toRawJson }}
    dense: {{ .Values.config.retrieval.indices.dense | toRawJson }}
    paragraph: {{ .Values.config.retrieval.indices.paragraph | toRawJson }}
    section: {{ .Values.config.retrieval.indices.section | toRawJson }}
  top_k:
    default: {{ .Values.config.retrieval.topK.default | int }}
    max: {{ .Values.config.retrieval.topK.max | int }}
  cache:
    query_seconds: {{ .Values.config.retrieval.cache.querySeconds | int }}
    embedding_seconds: {{ .Values.config.retrieval.cache.embeddingSeconds | int }}
    expansion_seconds: {{ .Values.config.retrieval.cache.expansionSeconds | int }}
  multi_granularity:
    enabled: {{ .Values.config.retrieval.multiGranularity }}
    indexes:
      chunk: {{ .Values.config.retrieval.indices.bm25 | toRawJson }}
      paragraph: {{ .Values.config.retrieval.indices.paragraph | toRawJson }}
      section: {{ .Values.config.retrieval.indices.section | toRawJson }}
extraction:
  pico:
    intent: pico
    prompt: {{ .Values.config.extraction.pico.prompt | toRawJson }}
    temperature: {{ .Values.config.extraction.pico.temperature | toRawJson }}
    max_tokens: {{ .Values.config.extraction.pico.maxTokens | int }}
    confidence_threshold: {{ .Values.config.extraction.pico.confidenceThreshold | toRawJson }}
  effects:
    intent: endpoint
    prompt: {{ .Values.config.extraction.effects.prompt | toRawJson }}
    temperature: {{ .Values.config.extraction.effects.temperature | toRawJson }}
    max_tokens: {{ .Values.config.extraction.effects.maxTokens | int }}
    confidence_threshold: {{ .Values.config.extraction.effects.confidenceThreshold | toRawJson }}
  adverse_events:
    intent: ae
    prompt: {{ .Values.config.extraction.adverseEvents.prompt | toRawJson }}
    temperature: {{ .Values.config.extraction.adverseEvents.temperature | toRawJson }}
    max_tokens: {{ .Values.config.extraction.adverseEvents.maxTokens | int }}
    confidence_threshold: {{ .Values.config.extraction.adverseEvents.confidenceThreshold | toRawJson }}
  dosing:
    intent: dose
    prompt: {{ .Values.config.extraction.dosing.prompt | toRawJson }}
    temperature: {{ .Values.config.extraction.dosing.temperature | toRawJson }}
    max_tokens: {{ .Values.config.extraction.dosing.maxTokens | int }}
    confidence_threshold: {{ .Values.config.extraction.dosing.confidenceThreshold | toRawJson }}
  eligibility:
    intent: eligibility
    prompt: {{ .Values.config.extraction.eligibility.prompt | toRawJson }}
    temperature: {{ .Values.config.extraction.eligibility.temperature | toRawJson }}
    max_tokens: {{ .Values.config.extraction.eligibility.maxTokens | int }}
    confidence_threshold: {{ .Values.config.extraction.eligibility.confidenceThreshold | toRawJson }}
entity_linking:
  acceptance_threshold: {{ .Values.config.entityLinking.acceptanceThreshold | toRawJson }}
  rrf_k: {{ .Values.config.entityLinking.rrfK | int }}
  max_batch: {{ .Values.config.entityLinking.maxBatch | int }}
kg:
  neo4j_uri: "${NEO4J_URI:not-given-to-this-service}"
  username: "${NEO4J_USERNAME:not-given-to-this-service}"
  password: "${NEO4J_PASSWORD:not-given-to-this-service}"
  batch_size: {{ .Values.config.kg.batchSize | int }}
  shacl_enabled: {{ .Values.config.kg.shaclEnabled }}
catalog:
  vocabs:
    snomed:
      enabled: {{ .Values.config.vocabularies.snomed.enabled }}
      requires_license: true
      refresh_cron: {{ .Values.config.vocabularies.snomed.refreshCron | toRawJson }}
      territory: {{ .Values.config.licences.snomed.territory | toRawJson }}
    meddra:
      enabled: {{ .Values.config.vocabularies.meddra.enabled }}
      requires_license: true
      refresh_cron: {{ .Values.config.vocabularies.meddra.refreshCron | toRawJson }}
      territory: {{ .Values.config.licences.meddra.territory | toRawJson }}
    loinc:
      enabled: {{ .Values.config.vocabularies.loinc.enabled }}
      requires_license: true
      refresh_cron: {{ .Values.config.vocabularies.loinc.refreshCron | toRawJson }}
      territory: {{ .Values.config.licences.loinc.territory | toRawJson }}
    rxnorm:
      enabled: {{ .Values.config.vocabularies.rxnorm.enabled }}
      requires_license: false
      refresh_cron: {{ .Values.config.vocabularies.rxnorm.refreshCron | toRawJson }}
    hpo:
      enabled: {{ .Values.config.vocabularies.hpo.enabled }}
      requires_license: false
      refresh_cron: {{ .Values.config.vocabularies.hpo.refreshCron | toRawJson }}
  license_policy: policy.yaml
licensing:
  policy_path: policy.yaml
apis:
  rate_limits:
    public:
      requests_per_minute: {{ .Values.config.apis.rateLimits.public.requestsPerMinute | int }}
      burst: {{ .Values.config.apis.rateLimits.public.burst | int }}
    partner:
      requests_per_minute: {{ .Values.config.apis.rateLimits.partner.requestsPerMinute | int }}
      burst: {{ .Values.config.apis.rateLimits.partner.burst | int }}
    admin:
      requests_per_minute: {{ .Values.config.apis.rateLimits.admin.requestsPerMinute | int }}
      burst: {{ .Values.config.apis.rateLimits.admin.burst | int }}
  auth:
    issuer: {{ .Values.config.apis.auth.issuer | toRawJson }}
    audience: {{ .Values.config.apis.auth.audience | toRawJson }}
    admin_scope: admin:config
    jwt_secret: "${API_JWT_SECRET:not-given-to-this-service}"
    token_ttl_seconds: {{ .Values.config.apis.auth.tokenTtlSeconds | int }}
  cors:
    allowed_origins: {{ .Values.config.apis.corsAllowedOrigins | toRawJson }}
observability:
  logging:
    level: {{ .Values.config.observability.logLevel }}
  metrics:
    push_interval_seconds: {{ .Values.config.observability.metricsPushIntervalSeconds | int }}
  tracing:
    endpoint: {{ .Values.monitoring.otlpEndpoint | toRawJson }}
    sample_rate: {{ .Values.config.observability.traceSampleRate | toRawJson }}
{{- end }}

{{/*
policy.yaml of the application: which vocabularies are licensed.
*/}}
{{- define "medical-kg.policy" -}}
vocabs:
  SNOMED:
    licensed: {{ .Values.config.licences.snomed.licensed }}
    territory: {{ .Values.config.licences.snomed.territory | toRawJson }}
  MEDDRA:
    licensed: {{ .Values.config.licences.meddra.licensed }}
    territory: {{ .Values.config.licences.meddra.territory | toRawJson }}
  LOINC:
    licensed: {{ .Values.config.licences.loinc.licensed }}
    territory: {{ .Values.config.licences.loinc.territory | toRawJson }}
  RXNORM:
    licensed: true
  HPO:
    licensed: true
actions:
  redact_unlicensed_codes: true
  block_kg_write_without_provenance: true
  fail_on_unlicensed_usage: true
{{- end }}

{{/*
config.schema.json: the application wants it beside config.yaml.
*/}}
{{- define "medical-kg.configSchema" -}}
{{- .Files.Get "files/config.schema.json" | trim -}}
{{- end }}

{{/*
A checksum over the files of the configuration: pods that mount them roll when one changes.
*/}}
{{- define "medical-kg.configurationChecksum" -}}
{{- $config := include "medical-kg.config" . -}}
{{- $policy := include "medical-kg.policy" . -}}
{{- $schema := include "medical-kg.configSchema" . -}}
{{- list $config $policy $schema | join "\n" | sha256sum -}}
{{- end }}

{{/*
A map as a file of JSON, after the root: keys sorted, two spaces a level, and escapes for what does not print.
*/}}
{{- define "medical-kg.jsonFile" -}}
{{- $json := last . | toPrettyJson -}}
{{- range $code := concat (untilStep 127 160 1) (list 65279 65534 65535) -}}
  {{- $json = $json | replace (printf "%c" $code) (printf "\\u%04x" $code) -}}
{{- end -}}
{{- $json -}}
{{- end }}
