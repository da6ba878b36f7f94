/** A small valid config.yaml and policy.yaml for the tests, and changed copies of them. */

const source = {
  base_url: 'https://source.example',
  rate_limit: { requests_per_minute: 60, burst: 10 },
  retry: { max_attempts: 3, backoff_seconds: 0.5 },
};

const extractor = { intent: 'pico', prompt: '', temperature: 0, max_tokens: 1, confidence_threshold: 0.5 };

/** Valid, with optional keys left out and no placeholder in it. */
export const minimalConfig = {
  config_version: '1',
  feature_flags: { splade_enabled: true, reranker_enabled: true, extraction_experimental_enabled: false },
  sources: { pubmed: source },
  chunking: { profiles: { imrad: { target_tokens: 512, overlap: 64, tau_coh: 0.8 } } },
  embeddings: {
    vllm_api_base: 'http://vllm:8000',
    model: 'm',
    batch_size: 1,
    splade_top_k: 1,
    require_gpu: true,
  },
  retrieval: {
    fusion: { weights: { bm25: 0.25, splade: 0.25, dense: 0.5 }, rrf_k: 60 },
    reranker: { enabled: true, top_n: 1, slo_ms: 0 },
    neighbor_merge: { min_cosine: 0.8, max_tokens: 1 },
    indices: { bm25: 'b', splade: 's', dense: 'd' },
    top_k: { default: 1, max: 1 },
    cache: { query_seconds: 1, embedding_seconds: 1, expansion_seconds: 1 },
    multi_granularity: { enabled: false, indexes: { chunk: 'c' } },
  },
  extraction: {
    pico: extractor,
    effects: extractor,
    adverse_events: extractor,
    dosing: extractor,
    eligibility: extractor,
  },
  kg: { neo4j_uri: 'bolt://neo4j:7687', username: 'u', password: 'p', batch_size: 1, shacl_enabled: true },
  catalog: {
    vocabs: {
      meddra: { enabled: true, requires_license: true, refresh_cron: '0 3 * * 1' },
      hpo: { enabled: true, requires_license: false, refresh_cron: '0 6 * * 0' },
    },
    license_policy: 'policy.yaml',
  },
  apis: {
    rate_limits: { public: { requests_per_minute: 1, burst: 1 } },
    auth: { issuer: 'i', audience: 'a', admin_scope: 's', jwt_secret: 'j', token_ttl_seconds: 60 },
    cors: { allowed_origins: [] },
  },
  observability: {
    logging: { level: 'info' },
    metrics: { push_interval_seconds: 1 },
    tracing: { endpoint: 'http://otel:4318', sample_rate: 1 },
  },
  licensing: { policy_path: 'policy.yaml' },
  pipelines: { pdf: { ledger_path: '/l', artifact_dir: '/a', require_gpu: true } },
  entity_linking: { acceptance_threshold: 0.7, rrf_k: 1, max_batch: 1 },
};

/** Valid: the one vocabulary of the configuration that needs a licence has one. */
export const minimalPolicy = {
  vocabs: { MEDDRA: { licensed: true } },
  actions: {
    redact_unlicensed_codes: true,
    block_kg_write_without_provenance: true,
    fail_on_unlicensed_usage: true,
  },
};

/** A copy with the value at a dotted path set; what is missing on the way is made. */
export function changed(document: unknown, path: string, value: unknown): unknown {
  const [key = '', ...rest] = path.split('.');
  const mapping = typeof document === 'object' && document !== null ? document : {};
  const inner: unknown = Object.entries(mapping).find(([name]) => name === key)?.[1];
  return { ...mapping, [key]: rest.length === 0 ? value : changed(inner, rest.join('.'), value) };
}
