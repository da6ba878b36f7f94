import { Type } from '@sinclair/typebox';
import { LOG_LEVELS } from '../config/service';
import { licensedVocabularies, vocabularies } from '../platform/vocabularies';
import { CRON, closed, each, flag, integer, line, oneOf, shared } from '../engine';

/**
 * What operators tune of the application's config.yaml and policy.yaml, under the names of those files in camel
 * case; the rest is fixed in lib/charts/configuration/files.ts.
 *
 * PyYAML reads `1e-7` as text, so that no number here is so near to zero that Go or JavaScript prints an exponent.
 * The application fills in `${VAR}` wherever it stands, so that no text here may hold a dollar sign.
 */

/** A number from 0 to a maximum: 0 itself, or at least 0.001. */
function fraction(description: string, maximum = 1): ReturnType<typeof Type.Unsafe<number>> {
  return Type.Unsafe<number>({
    type: 'number',
    description: `${description}: 0, or 0.001 to ${maximum}`,
    minimum: 0,
    maximum,
    not: { exclusiveMinimum: 0, exclusiveMaximum: 0.001 },
  });
}

/**
 * Text of any script without `$`, control characters, byte order marks and what is no character. Classes such as
 * \p{L} would follow the version of Unicode, which is not the same in Node and in Helm.
 */
export const PROSE = '^[^\\x00-\\x1f$\\x7f-\\x9f\ufeff\ufffe\uffff]+$';
const prose = (description: string): ReturnType<typeof line> =>
  line(description, { pattern: PROSE, maxLength: 4096 });
/** Printable ASCII, without `$` and the space. */
const token = (description: string, example: string): ReturnType<typeof line> =>
  line(description, { pattern: '^[!-#%-~]+$', maxLength: 255, examples: [example] });
const index = (description: string): ReturnType<typeof line> =>
  line(description, { pattern: '^[a-z][a-z0-9_-]*$', maxLength: 255 });

const rateLimit = shared(
  'configRateLimit',
  closed({
    requestsPerMinute: integer('Requests a minute', 1, 1000000),
    burst: integer('Requests at once', 1, 1000000),
  }),
);

const source = shared(
  'configSource',
  closed({
    rateLimit,
    retry: closed({
      maxAttempts: integer('Attempts in all, the first one included', 1, 100),
      backoffSeconds: Type.Number({
        description: 'Seconds before the second attempt; they grow exponentially',
        minimum: 0.1,
        maximum: 3600,
      }),
    }),
  }),
);

const chunkingProfile = shared(
  'configChunkingProfile',
  closed({
    targetTokens: integer('Tokens that a chunk aims at', 1, 32768),
    overlap: integer('Tokens that neighbours share; fewer than targetTokens', 0, 32767),
    tauCoh: fraction('Cohesion (cosine) under which a new chunk begins'),
  }),
);

const extractor = shared(
  'configExtractor',
  closed({
    prompt: prose('Instruction to the language model'),
    temperature: fraction('Sampling temperature, of which 0 is greedy', 2),
    maxTokens: integer('Tokens that an answer may have', 1, 131072),
    confidenceThreshold: fraction('Confidence under which a finding is dropped'),
  }),
);

const vocabulary = shared(
  'configVocabulary',
  closed({
    enabled: flag('Load this vocabulary; one that needs a licence must have it, under config.licences'),
    refreshCron: line('When it is loaded anew (UTC)', { pattern: CRON, maxLength: 255 }),
  }),
);

const licence = shared(
  'configLicence',
  closed({
    licensed: flag('Whether you hold a licence'),
    territory: line('Where it holds', { pattern: '^[A-Z][A-Z-]*$', maxLength: 16, examples: ['US'] }),
  }),
);

const retrieval = closed(
  {
    fusion: closed({
      weights: closed(
        {
          bm25: fraction('Lexical retriever'),
          splade: fraction('Sparse learned retriever'),
          dense: fraction('Dense retriever'),
        },
        'Weights of the retrievers; they add up to 1',
      ),
      rrfK: integer('Constant k of reciprocal rank fusion', 1, 10000),
    }),
    reranker: closed(
      {
        topN: integer('Hits that are reranked', 1, 10000),
        sloMs: integer('Milliseconds that it may take', 0, 600000),
      },
      'See featureFlags.rerankerEnabled',
    ),
    neighborMerge: closed({
      minCosine: fraction('Likeness from which neighbours are merged'),
      maxTokens: integer('Tokens that a merged passage may have', 1, 1000000),
    }),
    indices: closed(
      {
        bm25: index('Lexical retriever, and search by chunk'),
        splade: index('Sparse retriever'),
        dense: index('Vector index in Neo4j'),
        paragraph: index('Paragraphs'),
        section: index('Sections'),
      },
      'Names of the indices that are searched; a new version gets a new name',
    ),
    topK: closed({
      default: integer('Hits when a request names no number', 1, 10000),
      max: integer('Hits that a request may ask for', 1, 10000),
    }),
    cache: closed(
      {
        querySeconds: integer('The answer to a query', 1, 86400),
        embeddingSeconds: integer('Its embedding', 1, 86400),
        expansionSeconds: integer('Its expansion', 1, 86400),
      },
      'Seconds that something is kept',
    ),
    multiGranularity: flag('Search paragraphs and sections besides chunks'),
  },
  'How documents are found',
);

export const Configuration = closed(
  {
    featureFlags: closed({
      spladeEnabled: flag('Let the sparse learned retriever take part'),
      rerankerEnabled: flag('Rerank hits'),
      extractionExperimentalEnabled: flag('Run extractors on trial too'),
    }),
    sources: each(['pubmed', 'pmc', 'clinicaltrials', 'dailymed'], source, 'How fast each source is asked'),
    chunking: each(
      ['imrad', 'registry', 'spl', 'guideline'],
      chunkingProfile,
      'How documents are cut, by kind',
    ),
    embeddings: closed({
      batchSize: integer('Texts in one request', 1, 4096),
      spladeTopK: integer('Sparse terms kept of one text', 1, 32768),
      requireGpu: flag('Stop where there is no GPU, instead of going on without'),
    }),
    retrieval,
    extraction: each(
      ['pico', 'effects', 'adverseEvents', 'dosing', 'eligibility'],
      extractor,
      'What is drawn from text',
    ),
    entityLinking: closed({
      acceptanceThreshold: fraction('Score from which a mention is linked without a reviewer'),
      rrfK: integer('Constant k of the fusion of candidate lists', 1, 10000),
      maxBatch: integer('Mentions in one batch', 1, 100000),
    }),
    kg: closed({
      batchSize: integer('Rows in one transaction', 1, 100000),
      shaclEnabled: flag('Check writes against the SHACL shapes'),
    }),
    vocabularies: each(
      vocabularies.map(({ name }) => name),
      vocabulary,
      'Vocabularies of the catalogue',
    ),
    licences: each(
      licensedVocabularies.map(({ name }) => name),
      licence,
      'Licences for vocabularies that need one: policy.yaml',
    ),
    pdf: closed({ requireGpu: flag('Stop where MinerU sees no GPU, instead of going on without') }),
    apis: closed({
      rateLimits: each(['public', 'partner', 'admin'], rateLimit, 'Limits by tier of caller'),
      auth: closed({
        issuer: token('Claim iss that a token must carry', 'https://login.example.org'),
        audience: token('Claim aud that a token must carry', 'medical-kg-api'),
        tokenTtlSeconds: integer('Seconds that a token holds', 60, 604800),
      }),
      corsAllowedOrigins: Type.Array(
        line('', { pattern: '^\\*$|^https?://[a-z0-9.-]+(:[0-9]+)?$', maxLength: 255 }),
        { description: 'Origins that browsers may call from', maxItems: 256 },
      ),
    }),
    observability: closed({
      logLevel: oneOf('Least important level that is written', LOG_LEVELS),
      metricsPushIntervalSeconds: integer('Seconds between two pushes of metrics', 1, 3600),
      traceSampleRate: fraction('Share of requests that are traced, to monitoring.otlpEndpoint'),
    }),
  },
  "The application's own configuration: config.yaml and policy.yaml",
);
