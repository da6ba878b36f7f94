{{/*
Relations between values that the schema cannot express. All that are broken are told at once.
*/}}
{{- define "medical-kg.checkValues" -}}
{{- $problems := list }}
{{- if regexMatch "(?m)^(app\\.kubernetes\\.io|helm\\.sh)/" (keys (.Values.defaults.labels | default dict) | join "\n") }}
{{- $problems = append $problems "defaults.labels must not set a label under app.kubernetes.io/ or helm.sh/: we set it, and selectors or checksums depend on it" }}
{{- end }}
{{- if regexMatch "(?m)^(app\\.kubernetes\\.io|helm\\.sh)/" (keys (.Values.defaults.podLabels | default dict) | join "\n") }}
{{- $problems = append $problems "defaults.podLabels must not set a label under app.kubernetes.io/ or helm.sh/: we set it, and selectors or checksums depend on it" }}
{{- end }}
{{- if regexMatch "(?m)^secret\\.reloader\\.stakater\\.com/reload$" (keys (.Values.defaults.annotations | default dict) | join "\n") }}
{{- $problems = append $problems "defaults.annotations must not set secret.reloader.stakater.com/reload: we set it, and selectors or checksums depend on it" }}
{{- end }}
{{- if regexMatch "(?m)^(checksum/config|medkg\\.io/secrets-rollout|vault\\.hashicorp\\.com/(agent-inject|agent-pre-populate-only|agent-service-account-token-volume-name|agent-inject-(secret|template)-medkg\\.env|auth-path|role))$" (keys (.Values.defaults.podAnnotations | default dict) | join "\n") }}
{{- $problems = append $problems "defaults.podAnnotations must not set an annotation of ours (checksum/config, medkg.io/…, vault.hashicorp.com/…): we set it, and selectors or checksums depend on it" }}
{{- end }}
{{- if regexMatch "(?m)^(app\\.kubernetes\\.io|helm\\.sh)/" (keys (.Values.global.pods.labels | default dict) | join "\n") }}
{{- $problems = append $problems "global.pods.labels must not set a label under app.kubernetes.io/ or helm.sh/: we set it, and selectors or checksums depend on it" }}
{{- end }}
{{- if regexMatch "(?m)^(checksum/config|medkg\\.io/secrets-rollout|vault\\.hashicorp\\.com/(agent-inject|agent-pre-populate-only|agent-service-account-token-volume-name|agent-inject-(secret|template)-medkg\\.env|auth-path|role))$|^helm\\.sh/" (keys (.Values.global.pods.annotations | default dict) | join "\n") }}
{{- $problems = append $problems "global.pods.annotations must not set an annotation of ours (checksum/config, medkg.io/…, vault.hashicorp.com/…) or of Helm: we set it, and selectors or checksums depend on it" }}
{{- end }}
{{- if regexMatch "(?m)^(gpu|gpu_type)$" (keys (.Values.defaults.nodeSelector | default dict) | join "\n") }}
{{- $problems = append $problems "defaults.nodeSelector must not set gpu or gpu_type: they come from the pools of the services" }}
{{- end }}
{{- if regexMatch "(?m)^(gpu|gpu_type)$" (keys (.Values.global.pods.nodeSelector | default dict) | join "\n") }}
{{- $problems = append $problems "global.pods.nodeSelector must not set gpu or gpu_type: they come from the pools of the services" }}
{{- end }}
{{- if and .Values.airflow.enabled (not .Values.services.mineru.enabled) }}
{{- $problems = append $problems "services.mineru.enabled must be true while airflow.enabled is: the flows need it" }}
{{- end }}
{{- if and .Values.airflow.enabled (not .Values.services.splade.enabled) }}
{{- $problems = append $problems "services.splade.enabled must be true while airflow.enabled is: the flows need it" }}
{{- end }}
{{- if and .Values.airflow.enabled (not .Values.services.ingest.enabled) }}
{{- $problems = append $problems "services.ingest.enabled must be true while airflow.enabled is: the flows need it" }}
{{- end }}
{{- if and .Values.airflow.enabled (not .Values.services.parser.enabled) }}
{{- $problems = append $problems "services.parser.enabled must be true while airflow.enabled is: the flows need it" }}
{{- end }}
{{- if and .Values.airflow.enabled (not .Values.services.chunker.enabled) }}
{{- $problems = append $problems "services.chunker.enabled must be true while airflow.enabled is: the flows need it" }}
{{- end }}
{{- if and .Values.airflow.enabled (not .Values.services.indexer.enabled) }}
{{- $problems = append $problems "services.indexer.enabled must be true while airflow.enabled is: the flows need it" }}
{{- end }}
{{- if and .Values.airflow.enabled (not .Values.services.extract.enabled) }}
{{- $problems = append $problems "services.extract.enabled must be true while airflow.enabled is: the flows need it" }}
{{- end }}
{{- if and .Values.airflow.enabled (not .Values.services.catalog.enabled) }}
{{- $problems = append $problems "services.catalog.enabled must be true while airflow.enabled is: the flows need it" }}
{{- end }}
{{- if and .Values.airflow.enabled (not .Values.services.qwenEmbedVllm.enabled) }}
{{- $problems = append $problems "services.qwenEmbedVllm.enabled must be true while airflow.enabled is: the flows need it" }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) }}
{{- $problems = append $problems "ingress.host must be given when ingress.enabled is true" }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.services.api.enabled) }}
{{- $problems = append $problems "ingress.enabled must be false while services.api.enabled is false: there is nothing to reach" }}
{{- end }}
{{- if regexMatch "(?m)^alb\\.ingress\\.kubernetes\\.io/(scheme|target-type|target-group-attributes|listen-ports|ssl-redirect|ssl-policy|certificate-arn|wafv2-acl-arn|inbound-cidrs|healthcheck-path|actions\\.allow-admin|conditions\\.allow-admin|actions\\.deny-admin)$" (keys (.Values.ingress.annotations | default dict) | join "\n") }}
{{- $problems = append $problems "ingress.annotations must not set an annotation that comes from ingress.alb: set the value there" }}
{{- end }}
{{- if and .Values.gateway.enabled (not .Values.services.api.enabled) }}
{{- $problems = append $problems "gateway.enabled must be false while services.api.enabled is false: there is nothing to reach" }}
{{- end }}
{{- if and .Values.services.api.enabled (eq .Values.services.api.exposure.type "LoadBalancer") (not .Values.services.api.exposure.loadBalancerSourceRanges) }}
{{- $problems = append $problems "services.api.exposure.loadBalancerSourceRanges must name the networks that may connect when exposure.type is LoadBalancer: /admin is behind it too" }}
{{- end }}
{{- if and .Values.gateway.enabled (not .Values.gateway.host) }}
{{- $problems = append $problems "gateway.host must be given when gateway.enabled is true" }}
{{- end }}
{{- if and .Values.gateway.enabled (not .Values.gateway.parentRef.name) }}
{{- $problems = append $problems "gateway.parentRef.name must name a Gateway when gateway.enabled is true" }}
{{- end }}
{{- if regexMatch "(?m)^/(admin|catalog)(/|$)" (join "\n" .Values.gateway.publicPrefixes) }}
{{- $problems = append $problems "gateway.publicPrefixes must not route /admin or /catalog: a route cannot tell operators from others; use the Ingress" }}
{{- end }}
{{- if and (eq .Values.secrets.backend "existingSecret") (not .Values.secrets.existingSecret) }}
{{- $problems = append $problems "secrets.existingSecret must name a Secret when secrets.backend is existingSecret" }}
{{- end }}
{{- if and (or (eq .Values.secrets.backend "externalSecrets") (eq .Values.secrets.backend "vaultAgent")) (not .Values.secrets.vault.address) }}
{{- $problems = append $problems "secrets.vault.address must be given when secrets.backend is externalSecrets or vaultAgent" }}
{{- end }}
{{- if and (ternary .Values.global.network.policies .Values.network.policies (hasKey .Values.global.network "policies")) (eq .Values.secrets.backend "vaultAgent") (or (not .Values.network.peers.vault.ports) (and (not .Values.network.peers.vault.selectors) (not .Values.network.peers.vault.blocks))) }}
{{- $problems = append $problems "network.peers.vault must be open when secrets.backend is vaultAgent: the agent in each pod calls Vault" }}
{{- end }}
{{- if and .Values.services.splade.enabled .Values.services.splade.gpu.pool (not (hasKey .Values.gpu.pools .Values.services.splade.gpu.pool)) }}
{{- $problems = append $problems "services.splade.gpu.pool must be a pool of gpu.pools: add the pool there, or name another one" }}
{{- end }}
{{- if regexMatch "(?m)^(gpu|gpu_type)$" (keys (.Values.services.splade.nodeSelector | default dict) | join "\n") }}
{{- $problems = append $problems "services.splade.nodeSelector must not set gpu or gpu_type: they come from the pool in gpu.pool" }}
{{- end }}
{{- if regexMatch "(?m)^nvidia\\.com/gpu$" (keys (.Values.services.splade.resources.requests | default dict) | join "\n") }}
{{- $problems = append $problems "services.splade.resources.requests must not set nvidia.com/gpu: it comes from gpu.count" }}
{{- end }}
{{- if regexMatch "(?m)^nvidia\\.com/gpu$" (keys (.Values.services.splade.resources.limits | default dict) | join "\n") }}
{{- $problems = append $problems "services.splade.resources.limits must not set nvidia.com/gpu: it comes from gpu.count" }}
{{- end }}
{{- if and .Values.services.qwenEmbedVllm.enabled .Values.services.qwenEmbedVllm.gpu.pool (not (hasKey .Values.gpu.pools .Values.services.qwenEmbedVllm.gpu.pool)) }}
{{- $problems = append $problems "services.qwenEmbedVllm.gpu.pool must be a pool of gpu.pools: add the pool there, or name another one" }}
{{- end }}
{{- if regexMatch "(?m)^(gpu|gpu_type)$" (keys (.Values.services.qwenEmbedVllm.nodeSelector | default dict) | join "\n") }}
{{- $problems = append $problems "services.qwenEmbedVllm.nodeSelector must not set gpu or gpu_type: they come from the pool in gpu.pool" }}
{{- end }}
{{- if regexMatch "(?m)^(nvidia\\.com/gpu|memory)$" (keys (.Values.services.qwenEmbedVllm.resources.requests | default dict) | join "\n") }}
{{- $problems = append $problems "services.qwenEmbedVllm.resources.requests must not set nvidia.com/gpu or memory: they come from gpu.count and from profiles" }}
{{- end }}
{{- if regexMatch "(?m)^(nvidia\\.com/gpu|memory)$" (keys (.Values.services.qwenEmbedVllm.resources.limits | default dict) | join "\n") }}
{{- $problems = append $problems "services.qwenEmbedVllm.resources.limits must not set nvidia.com/gpu or memory: they come from gpu.count and from profiles" }}
{{- end }}
{{- $pool := index .Values.gpu.pools .Values.services.qwenEmbedVllm.gpu.pool | default dict }}
{{- if and .Values.services.qwenEmbedVllm.enabled (hasKey .Values.gpu.pools .Values.services.qwenEmbedVllm.gpu.pool) (not (hasKey .Values.services.qwenEmbedVllm.profiles ($pool.gpuType | default ""))) }}
{{- $problems = append $problems "services.qwenEmbedVllm.profiles must have a row for the type of GPU in the service's pool: add one with maxModelLen, gpuMemoryUtilization, memory and sharedMemory" }}
{{- end }}
{{- if and .Values.services.qwenEmbedVllm.enabled (eq .Values.services.qwenEmbedVllm.modelCache.mode "existingClaim") (not .Values.services.qwenEmbedVllm.modelCache.existingClaim) }}
{{- $problems = append $problems "services.qwenEmbedVllm.modelCache.existingClaim must name a claim when modelCache.mode is existingClaim" }}
{{- end }}
{{- if and .Values.services.mineru.enabled .Values.services.mineru.gpu.pool (not (hasKey .Values.gpu.pools .Values.services.mineru.gpu.pool)) }}
{{- $problems = append $problems "services.mineru.gpu.pool must be a pool of gpu.pools: add the pool there, or name another one" }}
{{- end }}
{{- if regexMatch "(?m)^(gpu|gpu_type)$" (keys (.Values.services.mineru.nodeSelector | default dict) | join "\n") }}
{{- $problems = append $problems "services.mineru.nodeSelector must not set gpu or gpu_type: they come from the pool in gpu.pool" }}
{{- end }}
{{- if regexMatch "(?m)^nvidia\\.com/gpu$" (keys (.Values.services.mineru.resources.requests | default dict) | join "\n") }}
{{- $problems = append $problems "services.mineru.resources.requests must not set nvidia.com/gpu: it comes from gpu.count" }}
{{- end }}
{{- if regexMatch "(?m)^nvidia\\.com/gpu$" (keys (.Values.services.mineru.resources.limits | default dict) | join "\n") }}
{{- $problems = append $problems "services.mineru.resources.limits must not set nvidia.com/gpu: it comes from gpu.count" }}
{{- end }}
{{- if and .Values.services.extract.enabled .Values.services.extract.gpu.pool (not (hasKey .Values.gpu.pools .Values.services.extract.gpu.pool)) }}
{{- $problems = append $problems "services.extract.gpu.pool must be a pool of gpu.pools: add the pool there, or name another one" }}
{{- end }}
{{- if regexMatch "(?m)^(gpu|gpu_type)$" (keys (.Values.services.extract.nodeSelector | default dict) | join "\n") }}
{{- $problems = append $problems "services.extract.nodeSelector must not set gpu or gpu_type: they come from the pool in gpu.pool" }}
{{- end }}
{{- if regexMatch "(?m)^nvidia\\.com/gpu$" (keys (.Values.services.extract.resources.requests | default dict) | join "\n") }}
{{- $problems = append $problems "services.extract.resources.requests must not set nvidia.com/gpu: it comes from gpu.count" }}
{{- end }}
{{- if regexMatch "(?m)^nvidia\\.com/gpu$" (keys (.Values.services.extract.resources.limits | default dict) | join "\n") }}
{{- $problems = append $problems "services.extract.resources.limits must not set nvidia.com/gpu: it comes from gpu.count" }}
{{- end }}
{{- if and (eq .Values.services.api.scaling.mode "keda") .Values.services.api.scaling.keda.secondThreshold (not .Values.services.api.scaling.keda.secondQuery) }}
{{- $problems = append $problems "services.api.scaling.keda.secondThreshold must be empty, or scaling.keda.secondQuery given: this service has no second query of its own" }}
{{- end }}
{{- if and (eq .Values.services.ingest.scaling.mode "keda") .Values.services.ingest.scaling.keda.secondThreshold (not .Values.services.ingest.scaling.keda.secondQuery) }}
{{- $problems = append $problems "services.ingest.scaling.keda.secondThreshold must be empty, or scaling.keda.secondQuery given: this service has no second query of its own" }}
{{- end }}
{{- if and (eq .Values.services.parser.scaling.mode "keda") .Values.services.parser.scaling.keda.secondThreshold (not .Values.services.parser.scaling.keda.secondQuery) }}
{{- $problems = append $problems "services.parser.scaling.keda.secondThreshold must be empty, or scaling.keda.secondQuery given: this service has no second query of its own" }}
{{- end }}
{{- if and (eq .Values.services.chunker.scaling.mode "keda") .Values.services.chunker.scaling.keda.secondThreshold (not .Values.services.chunker.scaling.keda.secondQuery) }}
{{- $problems = append $problems "services.chunker.scaling.keda.secondThreshold must be empty, or scaling.keda.secondQuery given: this service has no second query of its own" }}
{{- end }}
{{- if and (eq .Values.services.mineru.scaling.mode "keda") .Values.services.mineru.scaling.keda.secondThreshold (not .Values.services.mineru.scaling.keda.secondQuery) }}
{{- $problems = append $problems "services.mineru.scaling.keda.secondThreshold must be empty, or scaling.keda.secondQuery given: this service has no second query of its own" }}
{{- end }}
{{- if and (eq .Values.services.indexer.scaling.mode "keda") .Values.services.indexer.scaling.keda.secondThreshold (not .Values.services.indexer.scaling.keda.secondQuery) }}
{{- $problems = append $problems "services.indexer.scaling.keda.secondThreshold must be empty, or scaling.keda.secondQuery given: this service has no second query of its own" }}
{{- end }}
{{- if and (eq .Values.services.extract.scaling.mode "keda") .Values.services.extract.scaling.keda.secondThreshold (not .Values.services.extract.scaling.keda.secondQuery) }}
{{- $problems = append $problems "services.extract.scaling.keda.secondThreshold must be empty, or scaling.keda.secondQuery given: this service has no second query of its own" }}
{{- end }}
{{- if and (eq .Values.services.eval.scaling.mode "keda") .Values.services.eval.scaling.keda.secondThreshold (not .Values.services.eval.scaling.keda.secondQuery) }}
{{- $problems = append $problems "services.eval.scaling.keda.secondThreshold must be empty, or scaling.keda.secondQuery given: this service has no second query of its own" }}
{{- end }}
{{- if and (eq .Values.services.catalog.scaling.mode "keda") .Values.services.catalog.scaling.keda.secondThreshold (not .Values.services.catalog.scaling.keda.secondQuery) }}
{{- $problems = append $problems "services.catalog.scaling.keda.secondThreshold must be empty, or scaling.keda.secondQuery given: this service has no second query of its own" }}
{{- end }}
{{- if ge (int .Values.config.chunking.imrad.overlap) (int .Values.config.chunking.imrad.targetTokens) }}
{{- $problems = append $problems "config.chunking.imrad.overlap must be less than targetTokens beside it" }}
{{- end }}
{{- if ge (int .Values.config.chunking.registry.overlap) (int .Values.config.chunking.registry.targetTokens) }}
{{- $problems = append $problems "config.chunking.registry.overlap must be less than targetTokens beside it" }}
{{- end }}
{{- if ge (int .Values.config.chunking.spl.overlap) (int .Values.config.chunking.spl.targetTokens) }}
{{- $problems = append $problems "config.chunking.spl.overlap must be less than targetTokens beside it" }}
{{- end }}
{{- if ge (int .Values.config.chunking.guideline.overlap) (int .Values.config.chunking.guideline.targetTokens) }}
{{- $problems = append $problems "config.chunking.guideline.overlap must be less than targetTokens beside it" }}
{{- end }}
{{- if or (lt (float64 (addf .Values.config.retrieval.fusion.weights.bm25 .Values.config.retrieval.fusion.weights.splade .Values.config.retrieval.fusion.weights.dense)) 0.991) (gt (float64 (addf .Values.config.retrieval.fusion.weights.bm25 .Values.config.retrieval.fusion.weights.splade .Values.config.retrieval.fusion.weights.dense)) 1.009) }}
{{- $problems = append $problems "config.retrieval.fusion.weights must add up to 1 (a difference of up to 0.009 is fine)" }}
{{- end }}
{{- if gt (int .Values.config.retrieval.topK.default) (int .Values.config.retrieval.topK.max) }}
{{- $problems = append $problems "config.retrieval.topK.default must not be greater than config.retrieval.topK.max" }}
{{- end }}
{{- if and .Values.config.vocabularies.snomed.enabled (not .Values.config.licences.snomed.licensed) }}
{{- $problems = append $problems "config.vocabularies.snomed.enabled needs a licence: set config.licences.snomed.licensed to true if you hold one" }}
{{- end }}
{{- if and .Values.config.vocabularies.meddra.enabled (not .Values.config.licences.meddra.licensed) }}
{{- $problems = append $problems "config.vocabularies.meddra.enabled needs a licence: set config.licences.meddra.licensed to true if you hold one" }}
{{- end }}
{{- if and .Values.config.vocabularies.loinc.enabled (not .Values.config.licences.loinc.licensed) }}
{{- $problems = append $problems "config.vocabularies.loinc.enabled needs a licence: set config.licences.loinc.licensed to true if you hold one" }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . "CONFIG_ENV" "VLLM_NO_USAGE_STATS" "USER" "HOME" "XDG_CACHE_HOME" "VLLM_CACHE_ROOT" "TRITON_CACHE_DIR" "TORCHINDUCTOR_CACHE_DIR" "HF_HOME" "MODEL_MARKER" "HF_TOKEN" .Values.global.pods.env) }}
{{- if $repeated }}
{{- $problems = append $problems (printf "global.pods.env must not give a variable a second time, nor one that the chart gives to its Jobs: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . .Values.global.pods.env .Values.defaults.extraEnv) }}
{{- if $repeated }}
{{- $problems = append $problems (printf "defaults.extraEnv must not give a variable a second time, nor one of global.pods.env: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . .Values.global.imagePullSecrets .Values.defaults.imagePullSecrets) }}
{{- if $repeated }}
{{- $problems = append $problems (printf "defaults.imagePullSecrets must not name a Secret a second time, nor one of global.imagePullSecrets: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . "CONFIG_ENV" "MEDKG_SERVICE_NAME" (ternary "OTEL_EXPORTER_OTLP_ENDPOINT" "" (not (empty .Values.monitoring.otlpEndpoint))) (ternary "MEDKG_TRACE_SAMPLE_RATE" "" (not (empty .Values.monitoring.otlpEndpoint))) "VLLM_API_BASE" "MEDKG_SPLADE_URL" "MEDKG_EXTRACT_URL" "MEDKG_CATALOG_URL" (ternary "ES_URL" "" (not (empty .Values.external.opensearchUrl))) (ternary "NEO4J_URI" "" (not (empty .Values.external.neo4jUri))) (ternary "REDIS_URL" "" (not (empty .Values.external.redisUrl))) (ternary "KAFKA_BROKERS" "" (not (empty .Values.external.kafkaBrokers))) (ternary "LLM_API_BASE" "" (not (empty .Values.external.llm.url))) (ternary "LLM_MODEL" "" (not (empty .Values.external.llm.url))) (ternary "API_JWT_SECRET" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "NEO4J_USERNAME" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "NEO4J_PASSWORD" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "OS_USER" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "OS_PASS" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "MEDKG_SECRETS_FILE" "" (eq .Values.secrets.backend "vaultAgent")) .Values.global.pods.env .Values.defaults.extraEnv .Values.services.api.extraEnv) }}
{{- if and .Values.services.api.enabled $repeated }}
{{- $problems = append $problems (printf "services.api.extraEnv must not give a variable a second time, nor one of global.pods.env, defaults.extraEnv or of the chart: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . "CONFIG_ENV" "MEDKG_SERVICE_NAME" (ternary "OTEL_EXPORTER_OTLP_ENDPOINT" "" (not (empty .Values.monitoring.otlpEndpoint))) (ternary "MEDKG_TRACE_SAMPLE_RATE" "" (not (empty .Values.monitoring.otlpEndpoint))) "MEDKG_PARSER_URL" (ternary "KAFKA_BROKERS" "" (not (empty .Values.external.kafkaBrokers))) (ternary "OBJECT_STORE_URI" "" (not (empty .Values.external.objectStoreUri))) (ternary "NCBI_API_KEY" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "OPENFDA_API_KEY" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "UMLS_API_KEY" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "MEDKG_SECRETS_FILE" "" (eq .Values.secrets.backend "vaultAgent")) .Values.global.pods.env .Values.defaults.extraEnv .Values.services.ingest.extraEnv) }}
{{- if and .Values.services.ingest.enabled $repeated }}
{{- $problems = append $problems (printf "services.ingest.extraEnv must not give a variable a second time, nor one of global.pods.env, defaults.extraEnv or of the chart: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . "CONFIG_ENV" "MEDKG_SERVICE_NAME" (ternary "OTEL_EXPORTER_OTLP_ENDPOINT" "" (not (empty .Values.monitoring.otlpEndpoint))) (ternary "MEDKG_TRACE_SAMPLE_RATE" "" (not (empty .Values.monitoring.otlpEndpoint))) "MEDKG_MINERU_URL" "MEDKG_CHUNKER_URL" (ternary "KAFKA_BROKERS" "" (not (empty .Values.external.kafkaBrokers))) (ternary "OBJECT_STORE_URI" "" (not (empty .Values.external.objectStoreUri))) .Values.global.pods.env .Values.defaults.extraEnv .Values.services.parser.extraEnv) }}
{{- if and .Values.services.parser.enabled $repeated }}
{{- $problems = append $problems (printf "services.parser.extraEnv must not give a variable a second time, nor one of global.pods.env, defaults.extraEnv or of the chart: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . "CONFIG_ENV" "MEDKG_SERVICE_NAME" (ternary "OTEL_EXPORTER_OTLP_ENDPOINT" "" (not (empty .Values.monitoring.otlpEndpoint))) (ternary "MEDKG_TRACE_SAMPLE_RATE" "" (not (empty .Values.monitoring.otlpEndpoint))) "MEDKG_INDEXER_URL" (ternary "LLM_API_BASE" "" (not (empty .Values.external.llm.url))) (ternary "LLM_MODEL" "" (not (empty .Values.external.llm.url))) (ternary "KAFKA_BROKERS" "" (not (empty .Values.external.kafkaBrokers))) (ternary "OBJECT_STORE_URI" "" (not (empty .Values.external.objectStoreUri))) .Values.global.pods.env .Values.defaults.extraEnv .Values.services.chunker.extraEnv) }}
{{- if and .Values.services.chunker.enabled $repeated }}
{{- $problems = append $problems (printf "services.chunker.extraEnv must not give a variable a second time, nor one of global.pods.env, defaults.extraEnv or of the chart: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . "REQUIRE_GPU" "HF_HOME" "XDG_CACHE_HOME" "CONFIG_ENV" "MEDKG_SERVICE_NAME" (ternary "OTEL_EXPORTER_OTLP_ENDPOINT" "" (not (empty .Values.monitoring.otlpEndpoint))) (ternary "MEDKG_TRACE_SAMPLE_RATE" "" (not (empty .Values.monitoring.otlpEndpoint))) .Values.global.pods.env .Values.defaults.extraEnv .Values.services.splade.extraEnv) }}
{{- if and .Values.services.splade.enabled $repeated }}
{{- $problems = append $problems (printf "services.splade.extraEnv must not give a variable a second time, nor one of global.pods.env, defaults.extraEnv or of the chart: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . "VLLM_NO_USAGE_STATS" "USER" "HOME" "XDG_CACHE_HOME" "VLLM_CACHE_ROOT" "TRITON_CACHE_DIR" "TORCHINDUCTOR_CACHE_DIR" "HF_HOME" "HF_HUB_OFFLINE" .Values.global.pods.env .Values.defaults.extraEnv .Values.services.qwenEmbedVllm.extraEnv) }}
{{- if and .Values.services.qwenEmbedVllm.enabled $repeated }}
{{- $problems = append $problems (printf "services.qwenEmbedVllm.extraEnv must not give a variable a second time, nor one of global.pods.env, defaults.extraEnv or of the chart: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . "REQUIRE_GPU" "HF_HOME" "XDG_CACHE_HOME" "CONFIG_ENV" "MEDKG_SERVICE_NAME" (ternary "OTEL_EXPORTER_OTLP_ENDPOINT" "" (not (empty .Values.monitoring.otlpEndpoint))) (ternary "MEDKG_TRACE_SAMPLE_RATE" "" (not (empty .Values.monitoring.otlpEndpoint))) (ternary "OBJECT_STORE_URI" "" (not (empty .Values.external.objectStoreUri))) .Values.global.pods.env .Values.defaults.extraEnv .Values.services.mineru.extraEnv) }}
{{- if and .Values.services.mineru.enabled $repeated }}
{{- $problems = append $problems (printf "services.mineru.extraEnv must not give a variable a second time, nor one of global.pods.env, defaults.extraEnv or of the chart: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . "CONFIG_ENV" "MEDKG_SERVICE_NAME" (ternary "OTEL_EXPORTER_OTLP_ENDPOINT" "" (not (empty .Values.monitoring.otlpEndpoint))) (ternary "MEDKG_TRACE_SAMPLE_RATE" "" (not (empty .Values.monitoring.otlpEndpoint))) "MEDKG_SPLADE_URL" "VLLM_API_BASE" (ternary "ES_URL" "" (not (empty .Values.external.opensearchUrl))) (ternary "NEO4J_URI" "" (not (empty .Values.external.neo4jUri))) (ternary "KAFKA_BROKERS" "" (not (empty .Values.external.kafkaBrokers))) (ternary "OBJECT_STORE_URI" "" (not (empty .Values.external.objectStoreUri))) (ternary "NEO4J_USERNAME" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "NEO4J_PASSWORD" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "OS_USER" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "OS_PASS" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "MEDKG_SECRETS_FILE" "" (eq .Values.secrets.backend "vaultAgent")) .Values.global.pods.env .Values.defaults.extraEnv .Values.services.indexer.extraEnv) }}
{{- if and .Values.services.indexer.enabled $repeated }}
{{- $problems = append $problems (printf "services.indexer.extraEnv must not give a variable a second time, nor one of global.pods.env, defaults.extraEnv or of the chart: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . "CONFIG_ENV" "MEDKG_SERVICE_NAME" (ternary "OTEL_EXPORTER_OTLP_ENDPOINT" "" (not (empty .Values.monitoring.otlpEndpoint))) (ternary "MEDKG_TRACE_SAMPLE_RATE" "" (not (empty .Values.monitoring.otlpEndpoint))) (ternary "LLM_API_BASE" "" (not (empty .Values.external.llm.url))) (ternary "LLM_MODEL" "" (not (empty .Values.external.llm.url))) (ternary "ES_URL" "" (not (empty .Values.external.opensearchUrl))) (ternary "NEO4J_URI" "" (not (empty .Values.external.neo4jUri))) (ternary "KAFKA_BROKERS" "" (not (empty .Values.external.kafkaBrokers))) (ternary "OBJECT_STORE_URI" "" (not (empty .Values.external.objectStoreUri))) (ternary "NEO4J_USERNAME" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "NEO4J_PASSWORD" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "OS_USER" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "OS_PASS" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "MEDKG_SECRETS_FILE" "" (eq .Values.secrets.backend "vaultAgent")) .Values.global.pods.env .Values.defaults.extraEnv .Values.services.extract.extraEnv) }}
{{- if and .Values.services.extract.enabled $repeated }}
{{- $problems = append $problems (printf "services.extract.extraEnv must not give a variable a second time, nor one of global.pods.env, defaults.extraEnv or of the chart: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . "CONFIG_ENV" "MEDKG_SERVICE_NAME" (ternary "OTEL_EXPORTER_OTLP_ENDPOINT" "" (not (empty .Values.monitoring.otlpEndpoint))) (ternary "MEDKG_TRACE_SAMPLE_RATE" "" (not (empty .Values.monitoring.otlpEndpoint))) "MEDKG_API_URL" (ternary "ES_URL" "" (not (empty .Values.external.opensearchUrl))) (ternary "KAFKA_BROKERS" "" (not (empty .Values.external.kafkaBrokers))) (ternary "OBJECT_STORE_URI" "" (not (empty .Values.external.objectStoreUri))) (ternary "OS_USER" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "OS_PASS" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "MEDKG_SECRETS_FILE" "" (eq .Values.secrets.backend "vaultAgent")) .Values.global.pods.env .Values.defaults.extraEnv .Values.services.eval.extraEnv) }}
{{- if and .Values.services.eval.enabled $repeated }}
{{- $problems = append $problems (printf "services.eval.extraEnv must not give a variable a second time, nor one of global.pods.env, defaults.extraEnv or of the chart: %s" $repeated) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list . "CONFIG_ENV" "MEDKG_SERVICE_NAME" (ternary "OTEL_EXPORTER_OTLP_ENDPOINT" "" (not (empty .Values.monitoring.otlpEndpoint))) (ternary "MEDKG_TRACE_SAMPLE_RATE" "" (not (empty .Values.monitoring.otlpEndpoint))) "MEDKG_SPLADE_URL" "VLLM_API_BASE" (ternary "ES_URL" "" (not (empty .Values.external.opensearchUrl))) (ternary "NEO4J_URI" "" (not (empty .Values.external.neo4jUri))) (ternary "KAFKA_BROKERS" "" (not (empty .Values.external.kafkaBrokers))) (ternary "OBJECT_STORE_URI" "" (not (empty .Values.external.objectStoreUri))) (ternary "UMLS_API_KEY" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "NEO4J_USERNAME" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "NEO4J_PASSWORD" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "OS_USER" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "OS_PASS" "" (ne .Values.secrets.backend "vaultAgent")) (ternary "MEDKG_SECRETS_FILE" "" (eq .Values.secrets.backend "vaultAgent")) .Values.global.pods.env .Values.defaults.extraEnv .Values.services.catalog.extraEnv) }}
{{- if and .Values.services.catalog.enabled $repeated }}
{{- $problems = append $problems (printf "services.catalog.extraEnv must not give a variable a second time, nor one of global.pods.env, defaults.extraEnv or of the chart: %s" $repeated) }}
{{- end }}
{{- range $name, $service := .Values.services }}
{{- if and (eq $service.scaling.mode "hpa") (gt (int $service.scaling.hpa.minReplicas) (int $service.scaling.hpa.maxReplicas)) }}
{{- $problems = append $problems (printf "services.%s.scaling.hpa.minReplicas must not be above scaling.hpa.maxReplicas: lower it, or raise the maximum" $name) }}
{{- end }}
{{- if and (eq $service.scaling.mode "keda") (gt (int $service.scaling.keda.minReplicas) (int $service.scaling.keda.maxReplicas)) }}
{{- $problems = append $problems (printf "services.%s.scaling.keda.minReplicas must not be above scaling.keda.maxReplicas: lower it, or raise the maximum" $name) }}
{{- end }}
{{- if and (eq $service.scaling.mode "keda") (or (gt (int $service.scaling.keda.fallbackReplicas) (int $service.scaling.keda.maxReplicas)) (gt (int $service.scaling.keda.minReplicas) (int $service.scaling.keda.fallbackReplicas))) }}
{{- $problems = append $problems (printf "services.%s.scaling.keda.fallbackReplicas must lie between scaling.keda.minReplicas and scaling.keda.maxReplicas" $name) }}
{{- end }}
{{- if and (eq $service.scaling.mode "keda") $service.scaling.keda.secondQuery (not $service.scaling.keda.secondThreshold) }}
{{- $problems = append $problems (printf "services.%s.scaling.keda.secondThreshold must be given where scaling.keda.secondQuery is" $name) }}
{{- end }}
{{- if and (eq (int $service.rollout.maxSurge) 0) (eq (int $service.rollout.maxUnavailable) 0) }}
{{- $problems = append $problems (printf "services.%s.rollout must let a pod be added or be missing: set maxSurge or maxUnavailable to 1 or more" $name) }}
{{- end }}
{{- if ge (int $service.preStopSeconds) (int $service.terminationGracePeriodSeconds) }}
{{- $problems = append $problems (printf "services.%s.preStopSeconds must be less than terminationGracePeriodSeconds, which includes it: otherwise the process is killed before it can end" $name) }}
{{- end }}
{{- if regexMatch "(?m)^(app\\.kubernetes\\.io|helm\\.sh)/" (keys ($service.labels | default dict) | join "\n") }}
{{- $problems = append $problems (printf "services.%s.labels must not set a label under app.kubernetes.io/ or helm.sh/: we set it, and selectors or checksums depend on it" $name) }}
{{- end }}
{{- if regexMatch "(?m)^(app\\.kubernetes\\.io|helm\\.sh)/" (keys ($service.podLabels | default dict) | join "\n") }}
{{- $problems = append $problems (printf "services.%s.podLabels must not set a label under app.kubernetes.io/ or helm.sh/: we set it, and selectors or checksums depend on it" $name) }}
{{- end }}
{{- if regexMatch "(?m)^secret\\.reloader\\.stakater\\.com/reload$" (keys ($service.annotations | default dict) | join "\n") }}
{{- $problems = append $problems (printf "services.%s.annotations must not set secret.reloader.stakater.com/reload: we set it, and selectors or checksums depend on it" $name) }}
{{- end }}
{{- if regexMatch "(?m)^(checksum/config|medkg\\.io/secrets-rollout|vault\\.hashicorp\\.com/(agent-inject|agent-pre-populate-only|agent-service-account-token-volume-name|agent-inject-(secret|template)-medkg\\.env|auth-path|role))$" (keys ($service.podAnnotations | default dict) | join "\n") }}
{{- $problems = append $problems (printf "services.%s.podAnnotations must not set an annotation of ours (checksum/config, medkg.io/…, vault.hashicorp.com/…): we set it, and selectors or checksums depend on it" $name) }}
{{- end }}
{{- $repeated := include "medical-kg.repeatedNames" (list $ $.Values.global.imagePullSecrets $.Values.defaults.imagePullSecrets $service.imagePullSecrets) }}
{{- if and $repeated (not (include "medical-kg.repeatedNames" (list $ $.Values.global.imagePullSecrets $.Values.defaults.imagePullSecrets))) }}
{{- $problems = append $problems (printf "services.%s.imagePullSecrets must not name a Secret a second time, nor one of global.imagePullSecrets or defaults.imagePullSecrets: %s" $name $repeated) }}
{{- end }}
{{- end }}
{{- if $problems }}
{{- fail (printf "the values contradict each other:\n- %s" (join "\n- " $problems)) }}
{{- end }}
{{- end }}
