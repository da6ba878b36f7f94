import type { Location } from './input';

/** One thing wrong with the values of a release. */
export interface Problem {
  /** What found it: reading, the schema, a relation between values, or the objects that were made. */
  readonly kind: 'input' | 'schema' | 'rule' | 'object';
  /** The value to look at, as a path. */
  readonly path: string;
  /** What is wrong with it, and what was expected. */
  readonly sentence: string;
  /** The known key that was probably meant. */
  readonly nearest?: string;
  readonly location?: Location;
}

/** A problem as one line: `values.yaml:3:5: web.replica: …`. */
export function problemLine({ path, sentence, nearest, location }: Problem): string {
  const meant = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
  return `${placeText(location)}${path === '' ? '' : `${path}: `}${sentence}${meant}`;
}

function placeText(location: Location | undefined): string {
  if (location === undefined) return '';
  const text = location.text === undefined ? '' : `in ${JSON.stringify(location.text)}: `;
  return `${location.file}:${location.line}:${location.column}: ${text}`;
}
