import type { Static } from '@sinclair/typebox';
import { licensedVocabularies, vocabularies } from '../platform/vocabularies';
import type { Configuration } from './configuration';
import { keyed } from '../engine';

type Config = Static<typeof Configuration>;

/**
 * What the application ships with (Medical_KG 30f8c62, src/Medical_KG/config), but for the prompts, which are ours.
 */
export const defaultConfiguration: Config = {
  featureFlags: { spladeEnabled: true, rerankerEnabled: true, extractionExperimentalEnabled: false },
  sources: {
    pubmed: source(600, 120, 5, 2),
    pmc: source(300, 60, 5, 2),
    clinicaltrials: source(120, 30, 4, 3),
    dailymed: source(240, 60, 4, 2.5),
  },
  chunking: {
    imrad: { targetTokens: 512, overlap: 64, tauCoh: 0.82 },
    registry: { targetTokens: 400, overlap: 48, tauCoh: 0.8 },
    spl: { targetTokens: 350, overlap: 32, tauCoh: 0.78 },
    guideline: { targetTokens: 420, overlap: 40, tauCoh: 0.81 },
  },
  embeddings: { batchSize: 16, spladeTopK: 1000, requireGpu: true },
  retrieval: {
    fusion: { weights: { bm25: 0.4, splade: 0.3, dense: 0.3 }, rrfK: 60 },
    reranker: { topN: 50, sloMs: 1200 },
    neighborMerge: { minCosine: 0.82, maxTokens: 1800 },
    indices: {
      bm25: 'chunks_v1',
      splade: 'chunks_splade_v1',
      dense: 'chunk_qwen_idx',
      paragraph: 'paragraphs_v1',
      section: 'sections_v1',
    },
    topK: { default: 20, max: 200 },
    cache: { querySeconds: 60, embeddingSeconds: 60, expansionSeconds: 60 },
    multiGranularity: true,
  },
  extraction: {
    pico: extractor(
      'List the population, intervention, comparator and outcomes that the passage states, each with the words that say so.',
      0,
      512,
      0.35,
    ),
    effects: extractor(
      'List each measured effect with its outcome, estimate, interval and p-value, as the passage gives them; compute nothing.',
      0,
      512,
      0.4,
    ),
    adverseEvents: extractor(
      'List each adverse event with its arm, count, denominator and grade, where the passage gives them.',
      0.1,
      512,
      0.45,
    ),
    dosing: extractor(
      'List each drug with its dose, unit, route, frequency and duration, in the words of the passage.',
      0,
      400,
      0.3,
    ),
    eligibility: extractor(
      'List each criterion for taking part, and whether it includes or excludes.',
      0,
      512,
      0.35,
    ),
  },
  entityLinking: { acceptanceThreshold: 0.7, rrfK: 60, maxBatch: 300 },
  kg: { batchSize: 500, shaclEnabled: true },
  vocabularies: keyed(vocabularies, ({ enabled, refreshCron }) => ({ enabled, refreshCron })),
  licences: keyed(licensedVocabularies, ({ licence: { licensed } }) => ({ licensed, territory: 'US' })),
  pdf: { requireGpu: true },
  apis: {
    rateLimits: {
      public: { requestsPerMinute: 120, burst: 60 },
      partner: { requestsPerMinute: 300, burst: 120 },
      admin: { requestsPerMinute: 600, burst: 240 },
    },
    auth: { issuer: 'https://medical-kg/auth', audience: 'medical-kg-api', tokenTtlSeconds: 3600 },
    corsAllowedOrigins: [],
  },
  observability: { logLevel: 'info', metricsPushIntervalSeconds: 15, traceSampleRate: 0.1 },
};

function source(
  requestsPerMinute: number,
  burst: number,
  maxAttempts: number,
  backoffSeconds: number,
): Config['sources']['pubmed'] {
  return { rateLimit: { requestsPerMinute, burst }, retry: { maxAttempts, backoffSeconds } };
}

function extractor(
  prompt: string,
  temperature: number,
  maxTokens: number,
  confidenceThreshold: number,
): Config['extraction']['pico'] {
  return { prompt, temperature, maxTokens, confidenceThreshold };
}
