/** How chunks are embedded and found again: embeddings, fusion, reranking, indices, caches. */
import { Type } from '@sinclair/typebox';
import { closed, count, flag, share, shared, text } from './shapes';

const embeddings = shared(
  'embeddings',
  closed({
    vllm_api_base: text('Address of the vLLM server that embeds.'),
    model: text('Name under which the server knows the embedding model.'),
    batch_size: count('Texts sent in one request.'),
    splade_top_k: count('Sparse terms kept of one text.'),
    require_gpu: flag('Whether embedding stops when there is no GPU.'),
  }),
);

const fusionWeights = shared(
  'fusionWeights',
  closed(
    {
      bm25: share('Weight of the lexical retriever.'),
      splade: share('Weight of the sparse learned retriever.'),
      dense: share('Weight of the dense retriever.'),
    },
    { description: 'The loader wants a sum of 1.0, give or take 0.01; a schema cannot say so.' },
  ),
);

const fusion = shared(
  'fusion',
  closed({ weights: fusionWeights.ref, rrf_k: count('Constant k of reciprocal rank fusion.') }),
);

const reranker = shared(
  'reranker',
  closed({
    enabled: flag('Whether hits are reranked.'),
    top_n: count('Hits that are reranked.'),
    slo_ms: Type.Number({ minimum: 0, description: 'Milliseconds that reranking may take.' }),
  }),
);

const neighborMerge = shared(
  'neighborMerge',
  closed({
    min_cosine: share('Likeness from which neighbouring chunks are merged.'),
    max_tokens: count('Tokens that a merged passage may have.'),
  }),
);

const indices = closed({
  bm25: text('OpenSearch index of the lexical retriever.'),
  splade: text('OpenSearch index of the sparse retriever.'),
  dense: text('Vector index in Neo4j.'),
  paragraph: Type.Optional(text('Index of paragraphs.')),
  section: Type.Optional(text('Index of sections.')),
});

const topK = closed({
  default: count('Hits returned when the request names no number.'),
  max: count('Hits that a request may ask for.'),
});

const cache = closed({
  query_seconds: count('Seconds that the answer to a query is kept.'),
  embedding_seconds: count("Seconds that a query's embedding is kept."),
  expansion_seconds: count("Seconds that a query's expansion is kept."),
});

const multiGranularity = closed({
  enabled: flag('Whether paragraphs and sections are searched besides chunks.'),
  indexes: closed({
    chunk: text('Index of chunks.'),
    paragraph: Type.Optional(text('Index of paragraphs.')),
    section: Type.Optional(text('Index of sections.')),
  }),
});

const retrieval = shared(
  'retrieval',
  closed({
    fusion: fusion.ref,
    reranker: reranker.ref,
    neighbor_merge: neighborMerge.ref,
    indices,
    top_k: topK,
    cache,
    multi_granularity: multiGranularity,
  }),
);

/** Shapes of this section, for `definitions`. */
export const retrievalShapes = [
  embeddings,
  fusionWeights,
  fusion,
  reranker,
  neighborMerge,
  retrieval,
] as const;

/** Sections of this file at the top level of config.yaml. */
export const retrievalSections = { embeddings: embeddings.ref, retrieval: retrieval.ref };
