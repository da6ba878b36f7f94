/**
 * String formats that the application checks (its FormatChecker registers two of its own).
 *
 * `uri` and `uri-reference` it does not check: Python's jsonschema does so only where rfc3987 or rfc3986-validator is
 * installed, and its requirements list neither.
 */

/** Adapters in the application's registry (Medical_KG 30f8c62, ingestion/registry.py). */
export const ADAPTERS = [
  'accessgudid',
  'cdc_socrata',
  'cdc_wonder',
  'clinicaltrials',
  'dailymed',
  'icd11',
  'loinc',
  'medrxiv',
  'mesh',
  'nice',
  'openfda',
  'openfda_udi',
  'openprescribing',
  'pmc',
  'pubmed',
  'rxnorm',
  'snomed',
  'umls',
  'uspstf',
  'who_gho',
] as const;

const ADAPTER_NAMES: ReadonlySet<string> = new Set(ADAPTERS);

/** Digits (of any script, as Python's `\d`) and one unit: seconds, minutes, hours or days. */
const DURATION = /^\p{Nd}+[smhd]$/u;

/** Checks by format, as Ajv takes them; `true` lets everything pass. */
export const FORMATS = {
  adapter_name: (value: string) => ADAPTER_NAMES.has(value),
  duration: (value: string) => DURATION.test(value),
  uri: true,
  'uri-reference': true,
} as const;
