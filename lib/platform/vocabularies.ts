/** A vocabulary that the configuration of the application names. */
interface Vocabulary {
  readonly name: string;
  /** Whether it is loaded, unless an operator decides otherwise. */
  readonly enabled: boolean;
  /** When it is loaded anew: cron, UTC. */
  readonly refreshCron: string;
  /** Nobody may load it without; and whether we take it that one is held. */
  readonly licence?: { readonly licensed: boolean };
}

const QUARTERLY = '0 4 1 JAN,APR,JUL,OCT *';

/**
 * The vocabularies, one row each, in the order of the values: as the application ships them, with the crons of its
 * specification (section 5.1).
 */
export const vocabularies = [
  { name: 'snomed', enabled: false, refreshCron: QUARTERLY, licence: { licensed: false } },
  { name: 'meddra', enabled: false, refreshCron: QUARTERLY, licence: { licensed: false } },
  // LOINC's licence is free, and whoever uses LOINC accepts it.
  { name: 'loinc', enabled: true, refreshCron: '0 1 1 JAN,JUL *', licence: { licensed: true } },
  { name: 'rxnorm', enabled: true, refreshCron: '0 0 * * MON' },
  { name: 'hpo', enabled: true, refreshCron: '0 2 1 * *' },
] as const satisfies readonly Vocabulary[];

/** Those that need a licence. */
export const licensedVocabularies = vocabularies.filter((vocabulary) => 'licence' in vocabulary);

/** The name of one. */
export type LicensedVocabulary = (typeof licensedVocabularies)[number]['name'];

/** Those that flows load besides: the configuration of the application does not name them, and has no schedule of theirs. */
export const furtherVocabularies = [
  { name: 'icd11', schedule: '0 5 1 MAR,SEP *' },
  { name: 'mondo', schedule: '0 3 1 * *' },
  { name: 'gsrs_unii', schedule: '0 6 1 * *' },
  { name: 'gudid', schedule: '0 */6 * * *' },
] as const;
