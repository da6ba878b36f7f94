import { api } from './api';
import { catalog } from './catalog';
import { chunker } from './chunker';
import { evaluation } from './eval';
import { extract } from './extract';
import { indexer } from './indexer';
import { ingest } from './ingest';
import { mineru } from './mineru';
import { parser } from './parser';
import { qwenEmbedVllm } from './qwen-embed-vllm';
import { splade } from './splade';

/** All services, in the order of the values, the chart and the documentation. */
export const services = [
  api,
  ingest,
  parser,
  chunker,
  splade,
  qwenEmbedVllm,
  mineru,
  indexer,
  extract,
  evaluation,
  catalog,
] as const;

/** The name of a service. */
export type ServiceName = (typeof services)[number]['name'];
