import { peers } from '../../platform/peers';
import { vocabularies } from '../../platform/vocabularies';
import { SCHEMA_VERSION } from '../../config/schema';
import { type References, TextFile, type TextNode, keyed } from '../../engine';
import type { CoreValues } from '../../values';
import { embedder } from '../embedder';
import { values } from '../values';

/** The application's files: what is fixed, and what operators tune. */

const { config, monitoring } = values;
type Config = References<CoreValues>['config'];

/** The name of policy.yaml, seen from config.yaml. */
const POLICY_FILE = 'policy.yaml';

/**
 * A variable of the process. Every process fills in all of them when it starts, though it gets only those that its
 * service declares; the others become what nobody takes for a credential or an address.
 */
function variable(name: string): string {
  return `\${${name}:not-given-to-this-service}`;
}

function source(
  baseUrl: string,
  { rateLimit, retry }: Config['sources']['pubmed'],
  apiKey: { readonly [key: string]: string } = {},
): TextNode {
  return {
    base_url: baseUrl,
    ...apiKey,
    rate_limit: { requests_per_minute: rateLimit.requestsPerMinute, burst: rateLimit.burst },
    retry: { max_attempts: retry.maxAttempts, backoff_seconds: retry.backoffSeconds },
  };
}

function chunkingProfile({ targetTokens, overlap, tauCoh }: Config['chunking']['imrad']): TextNode {
  return { target_tokens: targetTokens, overlap, tau_coh: tauCoh };
}

function extractor(
  intent: string,
  { prompt, temperature, maxTokens, confidenceThreshold }: Config['extraction']['pico'],
): TextNode {
  return { intent, prompt, temperature, max_tokens: maxTokens, confidence_threshold: confidenceThreshold };
}

function rateLimit({ requestsPerMinute, burst }: Config['apis']['rateLimits']['public']): TextNode {
  return { requests_per_minute: requestsPerMinute, burst };
}

function vocabulary(row: (typeof vocabularies)[number]): TextNode {
  const { enabled, refreshCron } = config.vocabularies[row.name];
  return {
    enabled,
    requires_license: 'licence' in row,
    refresh_cron: refreshCron,
    ...('licence' in row ? { territory: config.licences[row.name].territory } : {}),
  };
}

function ingestion(): { readonly [key: string]: TextNode } {
  const { sources, chunking } = config;
  return {
    sources: {
      pubmed: source('https://eutils.ncbi.nlm.nih.gov/entrez/eutils/', sources.pubmed, {
        api_key: variable('NCBI_API_KEY'),
      }),
      // PMC's OAI service and ClinicalTrials.gov take no key.
      pmc: source('https://www.ncbi.nlm.nih.gov/pmc/oai/oai.cgi', sources.pmc),
      clinicaltrials: source('https://clinicaltrials.gov/api/v2', sources.clinicaltrials),
      dailymed: source('https://api.fda.gov/drug/label.json', sources.dailymed, {
        api_key: variable('OPENFDA_API_KEY'),
      }),
    },
    chunking: {
      profiles: {
        imrad: chunkingProfile(chunking.imrad),
        registry: chunkingProfile(chunking.registry),
        spl: chunkingProfile(chunking.spl),
        guideline: chunkingProfile(chunking.guideline),
      },
    },
    pipelines: {
      pdf: {
        ledger_path: '/var/lib/medkg/ledger.jsonl',
        artifact_dir: '/var/lib/medkg/artifacts',
        require_gpu: config.pdf.requireGpu,
      },
    },
  };
}

function retrieval(): { readonly [key: string]: TextNode } {
  const { embeddings, retrieval } = config;
  const { fusion, reranker, neighborMerge, indices, topK, cache } = retrieval;
  return {
    embeddings: {
      vllm_api_base: variable(embedder.record.addressVariable),
      model: embedder.values.model.servedName,
      batch_size: embeddings.batchSize,
      splade_top_k: embeddings.spladeTopK,
      require_gpu: embeddings.requireGpu,
    },
    retrieval: {
      fusion: {
        weights: { bm25: fusion.weights.bm25, splade: fusion.weights.splade, dense: fusion.weights.dense },
        rrf_k: fusion.rrfK,
      },
      reranker: {
        enabled: config.featureFlags.rerankerEnabled,
        top_n: reranker.topN,
        slo_ms: reranker.sloMs,
      },
      neighbor_merge: { min_cosine: neighborMerge.minCosine, max_tokens: neighborMerge.maxTokens },
      indices: {
        bm25: indices.bm25,
        splade: indices.splade,
        dense: indices.dense,
        paragraph: indices.paragraph,
        section: indices.section,
      },
      top_k: { default: topK.default, max: topK.max },
      cache: {
        query_seconds: cache.querySeconds,
        embedding_seconds: cache.embeddingSeconds,
        expansion_seconds: cache.expansionSeconds,
      },
      multi_granularity: {
        enabled: retrieval.multiGranularity,
        indexes: { chunk: indices.bm25, paragraph: indices.paragraph, section: indices.section },
      },
    },
  };
}

function knowledge(): { readonly [key: string]: TextNode } {
  const { extraction, entityLinking, kg } = config;
  return {
    extraction: {
      pico: extractor('pico', extraction.pico),
      effects: extractor('endpoint', extraction.effects),
      adverse_events: extractor('ae', extraction.adverseEvents),
      dosing: extractor('dose', extraction.dosing),
      eligibility: extractor('eligibility', extraction.eligibility),
    },
    entity_linking: {
      acceptance_threshold: entityLinking.acceptanceThreshold,
      rrf_k: entityLinking.rrfK,
      max_batch: entityLinking.maxBatch,
    },
    kg: {
      neo4j_uri: variable(peers.neo4j.external.neo4jUri.variable),
      username: variable('NEO4J_USERNAME'),
      password: variable('NEO4J_PASSWORD'),
      batch_size: kg.batchSize,
      shacl_enabled: kg.shaclEnabled,
    },
    catalog: {
      vocabs: keyed(vocabularies, vocabulary),
      license_policy: POLICY_FILE,
    },
    licensing: { policy_path: POLICY_FILE },
  };
}

function serving(): { readonly [key: string]: TextNode } {
  const { apis, observability } = config;
  return {
    apis: {
      rate_limits: {
        public: rateLimit(apis.rateLimits.public),
        partner: rateLimit(apis.rateLimits.partner),
        admin: rateLimit(apis.rateLimits.admin),
      },
      auth: {
        issuer: apis.auth.issuer,
        audience: apis.auth.audience,
        admin_scope: 'admin:config',
        jwt_secret: variable('API_JWT_SECRET'),
        token_ttl_seconds: apis.auth.tokenTtlSeconds,
      },
      cors: { allowed_origins: apis.corsAllowedOrigins },
    },
    observability: {
      logging: { level: observability.logLevel },
      metrics: { push_interval_seconds: observability.metricsPushIntervalSeconds },
      tracing: { endpoint: monitoring.otlpEndpoint, sample_rate: observability.traceSampleRate },
    },
  };
}

/** config.yaml. */
export const configFile = new TextFile({
  $schema: `./config.schema.json#v${SCHEMA_VERSION}`,
  config_version: SCHEMA_VERSION,
  feature_flags: {
    splade_enabled: config.featureFlags.spladeEnabled,
    reranker_enabled: config.featureFlags.rerankerEnabled,
    extraction_experimental_enabled: config.featureFlags.extractionExperimentalEnabled,
  },
  ...ingestion(),
  ...retrieval(),
  ...knowledge(),
  ...serving(),
});

function licence(row: (typeof vocabularies)[number]): TextNode {
  if (!('licence' in row)) return { licensed: true };
  const { licensed, territory } = config.licences[row.name];
  return { licensed, territory };
}

/** policy.yaml. The application looks vocabularies up by their name in capitals. */
export const policyFile = new TextFile({
  vocabs: Object.fromEntries(vocabularies.map((row) => [row.name.toUpperCase(), licence(row)])),
  actions: {
    redact_unlicensed_codes: true,
    block_kg_write_without_provenance: true,
    fail_on_unlicensed_usage: true,
  },
});
