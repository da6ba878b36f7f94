/** How documents come in: upstream sources, chunking, the PDF pipeline and scheduled runs. */
import { Type } from '@sinclair/typebox';
import { closed, count, flag, mapOf, share, shared, text } from './shapes';

const rateLimit = shared(
  'rateLimit',
  closed({
    requests_per_minute: count('Requests that may be sent in a minute.'),
    burst: count('Requests that may be sent at once before the rate is enforced.'),
  }),
);

const retry = shared(
  'retry',
  closed({
    max_attempts: count('Attempts in all, the first one included.'),
    backoff_seconds: Type.Number({
      exclusiveMinimum: 0,
      description: 'Seconds before the second attempt; each further wait grows exponentially.',
    }),
  }),
);

const source = shared(
  'source',
  closed({
    base_url: Type.String({ format: 'uri', description: 'Address under which the source is served.' }),
    api_key: Type.Optional(text('Key for the source; write a placeholder such as ${NCBI_API_KEY:none}.')),
    rate_limit: rateLimit.ref,
    retry: retry.ref,
  }),
);

const chunkingProfile = shared(
  'chunkingProfile',
  closed({
    target_tokens: count('Length in tokens that a chunk aims at.'),
    overlap: Type.Integer({
      minimum: 0,
      description: 'Tokens shared by neighbouring chunks; the loader wants fewer than target_tokens.',
    }),
    tau_coh: share('Cohesion (cosine) under which a new chunk begins.'),
  }),
);

const schedule = shared(
  'schedule',
  closed({
    adapter: Type.String({
      format: 'adapter_name',
      description: 'Adapter to run, by the name in the registry.',
    }),
    interval: Type.String({ format: 'duration', description: 'Time between runs: digits and s, m, h or d.' }),
    enabled: Type.Optional(flag('Whether it runs; the application takes it as on when it is absent.')),
  }),
);

const pipelines = shared(
  'pipelines',
  closed({
    pdf: closed({
      ledger_path: text('File of the ledger of document states (JSON lines).'),
      artifact_dir: text('Folder for what MinerU makes of a PDF.'),
      require_gpu: flag('Whether MinerU stops when it sees no GPU.'),
    }),
    scheduled: Type.Optional(Type.Array(schedule.ref, { description: 'Runs that start by themselves.' })),
  }),
);

/** Shapes of this section, for `definitions`. */
export const ingestionShapes = [rateLimit, retry, source, chunkingProfile, schedule, pipelines] as const;

/** Sections of this file at the top level of config.yaml. */
export const ingestionSections = {
  sources: mapOf(source.ref, { minProperties: 1, description: 'Upstream sources by name, at least one.' }),
  chunking: closed({
    profiles: mapOf(chunkingProfile.ref, { minProperties: 1, description: 'Chunking by kind of document.' }),
  }),
  pipelines: pipelines.ref,
};
