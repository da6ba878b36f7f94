import type { Assumption, Resources } from '../model';
import type { ServiceName } from '../services';
import { flowGpus, gpuPool } from './gpus';
import type { RetryClass } from './retries';

/** One step of a flow: a pod that runs a command of the application to its end. */
export interface StepRecord {
  /** The name of its task and of its pod template. */
  readonly name: string;
  readonly description: string;
  /** Whose image, account, configuration, secrets, calls and resources it has. */
  readonly service: ServiceName;
  /** What it runs instead of the service's own command; the flow adds the arguments. */
  readonly command: readonly string[];
  readonly retryClass: RetryClass;
  /** Seconds that it may run. */
  readonly deadlineSeconds: number;
  /** The Airflow pool whose slots bound it; a source's own where the step fetches from one. */
  readonly pool?: StepPool;
  /** Runs on spot nodes too, when a run asks for it. */
  readonly spot?: true;
  /** Instead of what the service asks for; a GPU comes on top where the service has one. */
  readonly resources?: Resources;
  /** Needs neither the ledger nor the artifacts. */
  readonly withoutStorage?: true;
}

/** Airflow pools that steps name; the pools of sources are in `sources.ts`. */
export type StepPool = 'ledger' | ReturnType<typeof gpuPool>;

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds that a pod without a GPU may wait for a node. */
export const NODE_WAIT_SECONDS = 10 * MINUTE;

/** Whether the process sees a GPU; 99 is what the application says when there is none. */
const GPU_CHECK = ['python3', '-c', 'import sys, torch; sys.exit(0 if torch.cuda.is_available() else 99)'];
/** Looking takes less than working. */
const GPU_CHECK_RESOURCES: Resources = {
  requests: { cpu: '500m', memory: '2Gi' },
  limits: { cpu: '1', memory: '2Gi' },
};

function guard({ name }: (typeof flowGpus)[number]): StepRecord {
  return {
    name: `guard_gpu_${name}`,
    description: `Whether the pool of ${name} has a GPU that works`,
    service: name,
    command: GPU_CHECK,
    retryClass: 'guard',
    deadlineSeconds: 10 * MINUTE,
    resources: GPU_CHECK_RESOURCES,
    withoutStorage: true,
  };
}

/** A script of the application that works on one batch. */
function batchStep(
  name: string,
  service: ServiceName,
  script: string,
  description: string,
  others: Partial<StepRecord> = {},
): StepRecord {
  return {
    name,
    description,
    service,
    command: ['python3', `/app/${script}.py`],
    retryClass: 'default',
    deadlineSeconds: 2 * HOUR,
    ...others,
  };
}

const documents: readonly StepRecord[] = [
  {
    name: 'ingest',
    description: 'Fetches what is new at a source',
    service: 'ingest',
    command: ['med', 'ingest'],
    retryClass: 'polite',
    deadlineSeconds: 6 * HOUR,
  },
  batchStep('plan', 'ingest', 'plan_batches', 'Cuts what was fetched into batches, and writes the manifest'),
  batchStep('parse', 'parser', 'parse_entry', 'Reads fetched documents'),
  batchStep('ir', 'parser', 'ir_entry', 'Writes the intermediate representation'),
  batchStep('chunk', 'chunker', 'chunk_entry', 'Cuts documents into chunks'),
  batchStep('facet', 'chunker', 'expand_doc', 'Writes the facets of chunks'),
  batchStep('embed_splade', 'splade', 'embed', 'Sparse embeddings, on a GPU of its own', {
    retryClass: 'gpu',
    pool: gpuPool('splade'),
    spot: true,
  }),
  batchStep('embed_qwen', 'indexer', 'embed', 'Dense embeddings, by the vLLM service'),
  batchStep('index', 'indexer', 'index_chunks', 'Writes chunks and embeddings to the stores'),
  batchStep('map_concepts', 'extract', 'ensure_concepts', 'Maps mentions to concepts'),
  batchStep(
    'extract',
    'extract',
    'run_extract',
    'Extracts PICO, effects, adverse events, doses, eligibility',
  ),
  batchStep('write_kg', 'extract', 'write_kg', 'Writes what was extracted and mapped to the knowledge graph'),
];

const pdf: readonly StepRecord[] = [
  {
    name: 'ingest_pdf',
    description: 'Downloads one PDF file, and stops',
    service: 'ingest',
    command: ['med', 'ingest-pdf'],
    retryClass: 'polite',
    deadlineSeconds: HOUR,
    pool: 'ledger',
  },
  {
    name: 'mineru_run',
    description: 'Reads one PDF file by MinerU, on a GPU of its own',
    service: 'mineru',
    command: ['med', 'mineru-run'],
    retryClass: 'gpu',
    deadlineSeconds: 4 * HOUR,
    // It writes the ledger, and Airflow knows one pool a task.
    pool: 'ledger',
  },
  {
    name: 'postpdf_start',
    description: 'Marks the documents that may go on',
    service: 'ingest',
    command: ['med', 'postpdf-start'],
    retryClass: 'default',
    deadlineSeconds: 10 * MINUTE,
    pool: 'ledger',
  },
];

const catalogStages = {
  download: 'Fetches a release of the vocabulary',
  parse: 'Reads it',
  normalize: 'Brings names and codes into one form',
  enrich: 'Adds the cross references of UMLS',
  merge: 'Merges it with what is there',
  embed: 'Embeds new concepts by both models',
  write: 'Writes the new catalog beside the published one',
  validate: 'Compares it with the published one',
  publish: 'Turns the aliases to it, and keeps the old one',
} as const;

const catalog = Object.entries(catalogStages).map(([stage, description]): StepRecord => ({
  name: `catalog_${stage}`,
  description,
  service: 'catalog',
  command: ['med', 'catalog'],
  retryClass: stage === 'download' ? 'polite' : 'default',
  deadlineSeconds: stage === 'embed' ? 12 * HOUR : 4 * HOUR,
}));

/** All steps, in the order of the flows. */
export const steps: readonly StepRecord[] = [...flowGpus.map(guard), ...documents, ...pdf, ...catalog];

/** The services that steps run as. */
export const stepServices: readonly ServiceName[] = [...new Set(steps.map(({ service }) => service))];

/** Exit codes of the application: all others that are not 0 may be gone at the next attempt. */
export const exitCodes = { noGpu: [99], fatal: [2, 64, 65, 78] } as const;

/** What the application does not have yet. */
export const stepAssumptions: readonly Assumption[] = [
  {
    what: 'scripts',
    taken:
      '/app/NAME.py, as its documents name the entry points; plan_batches, ir_entry and write_kg are named by nobody',
  },
  { what: 'batches', taken: 'the address of a manifest where its documents have a list of identifiers' },
  { what: 'reports', taken: '--report ADDRESS writes {"documents": n, "failed": m}' },
  { what: 'stages of a catalog', taken: 'med catalog STAGE --vocabulary V --run ADDRESS' },
  { what: 'exit codes', taken: '65 for a document that no attempt will read; today all failures are 1' },
];
