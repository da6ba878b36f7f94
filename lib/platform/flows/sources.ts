import type { Assumption } from '../model';

/** A source of documents: one flow each. */
export interface SourceRecord {
  /** The adapter of `med ingest`. */
  readonly name: string;
  /** Whose rate limit counts: sources of one operator share a pool of one slot. */
  readonly operator: string;
  /** How its documents are cut: a profile of the configuration. */
  readonly profile: 'imrad' | 'registry' | 'spl' | 'guideline';
  /** Cron, UTC; empty where somebody starts it. */
  readonly schedule: string;
}

function source<const N extends string>(
  name: N,
  operator: string,
  profile: SourceRecord['profile'],
  schedule = '',
): SourceRecord & { readonly name: N } {
  return { name, operator, profile, schedule };
}

const NIGHTLY = '0 1 * * *';
const WEEKLY = '0 2 * * SUN';

/** Sources of documents, in the order of the connectors; vocabularies have flows of their own. */
export const sources = [
  source('pubmed', 'ncbi', 'imrad'),
  source('pmc', 'ncbi', 'imrad', WEEKLY),
  source('medrxiv', 'medrxiv', 'imrad'),
  source('clinicaltrials', 'clinicaltrials', 'registry', NIGHTLY),
  source('openfda', 'fda', 'spl'),
  source('openfda_udi', 'fda', 'registry'),
  source('dailymed', 'nlm', 'spl', WEEKLY),
  source('accessgudid', 'nlm', 'registry'),
  source('nice', 'nice', 'guideline', WEEKLY),
  source('uspstf', 'uspstf', 'guideline', WEEKLY),
  source('cdc_socrata', 'cdc', 'registry'),
  source('cdc_wonder', 'cdc', 'registry'),
  source('who_gho', 'who', 'registry'),
  source('openprescribing', 'openprescribing', 'registry'),
] as const satisfies readonly SourceRecord[];

/** The pool of a source. */
export function sourcePool({ operator }: SourceRecord): string {
  return `source_${operator}`;
}

/** A ledger of its own, so that sources do not wait for each other. */
export function ledgerOf({ name }: SourceRecord): string {
  return `${STORAGE_DIRECTORY}/ledgers/${name}.jsonl`;
}

/** Where the claim with ledgers and artifacts is mounted; `pipelines.pdf` of the configuration names files in it. */
export const STORAGE_DIRECTORY = '/var/lib/medkg';

/** What the documents do not say of sources. */
export const sourceAssumptions: readonly Assumption[] = [
  {
    what: 'schedules',
    taken: 'trials each night; PMC, guidelines and SPL each week; the others when somebody starts them',
  },
  { what: 'ledgers', taken: 'one a source' },
];
