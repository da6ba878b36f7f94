/** What can be wrong with config.yaml or policy.yaml. */

/**
 * Rule that a document breaks:
 * `yaml` not read by PyYAML · `duplicate-key` a key twice, of which PyYAML keeps the last · `number-as-string` a number
 * in a spelling that PyYAML reads as text · `placeholder` a variable that is not there · `schema` the shape ·
 * `schema-version` made for another version of the schema · `fusion-weights` · `chunk-overlap` · `licence` a vocabulary
 * in use without a licence · `policy` the shape of policy.yaml.
 */
export type LoaderRule =
  | 'yaml'
  | 'duplicate-key'
  | 'number-as-string'
  | 'placeholder'
  | 'schema'
  | 'schema-version'
  | 'fusion-weights'
  | 'chunk-overlap'
  | 'licence'
  | 'policy';

/** File that a problem is in. */
export type ConfigFile = 'config.yaml' | 'policy.yaml';

/** One thing that the application would stop for, or silently read otherwise than written. */
export interface LoaderProblem {
  readonly rule: LoaderRule;
  readonly file: ConfigFile;
  /** JSON pointer (RFC 6901) into the file; empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** A JSON pointer, extended by one key. */
export function pointer(parent: string, key: string | number): string {
  return `${parent}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Whether a value is a mapping (and not a list, a date or null). */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
