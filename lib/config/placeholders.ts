/** `${VAR}` and `${VAR:default}` in the strings of config.yaml, as the application fills them in at load. */
import { isMapping, pointer } from './problem';
import type { LoaderProblem } from './problem';

/** Variables by name. */
export type Environment = Readonly<Record<string, string>>;

/** A document with its placeholders filled in, and what could not be filled in. */
export interface Filled {
  readonly value: unknown;
  readonly problems: readonly LoaderProblem[];
}

/** Name in capitals, digits and `_`; a colon and anything but `}` for a default, of which an empty one is written. */
const PLACEHOLDER = /\$\{([A-Z0-9_]+)(?::([^}]*))?\}/g;

/** Fills in every string of a document (values, not keys). What cannot be filled in stays as it is written. */
export function fillPlaceholders(value: unknown, environment: Environment, path = ''): Filled {
  if (typeof value === 'string') return fillText(value, environment, path);
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, index) =>
      fillPlaceholders(item, environment, pointer(path, index)),
    );
    return { value: items.map((item) => item.value), problems: items.flatMap((item) => item.problems) };
  }
  return isMapping(value) ? fillMapping(value, environment, path) : { value, problems: [] };
}

function fillMapping(
  mapping: Readonly<Record<string, unknown>>,
  environment: Environment,
  path: string,
): Filled {
  const members = Object.entries(mapping).map(
    ([key, member]) => [key, fillPlaceholders(member, environment, pointer(path, key))] as const,
  );
  return {
    value: Object.fromEntries(members.map(([key, filled]) => [key, filled.value])),
    problems: members.flatMap(([, filled]) => filled.problems),
  };
}

function fillText(text: string, environment: Environment, path: string): Filled {
  const problems: LoaderProblem[] = [];
  const value = text.replace(PLACEHOLDER, (written: string, name: string, fallback?: string) => {
    const problem = placeholderProblem(name, fallback, environment);
    if (problem !== undefined)
      problems.push({ rule: 'placeholder', file: 'config.yaml', path, message: problem });
    // An empty default never resolves, so that the variable does not stand in for it either.
    return problem === undefined ? (environment[name] ?? fallback ?? written) : written;
  });
  return { value, problems };
}

/**
 * Why a placeholder cannot be filled in. The application's pattern wants at least one character of default: it leaves
 * `${VAR:}` in the text, unseen, even where the variable is set, and the text reaches the program as it is.
 */
function placeholderProblem(
  name: string,
  fallback: string | undefined,
  environment: Environment,
): string | undefined {
  if (fallback === '') return `\${${name}:} has an empty default: the application leaves it as it is written`;
  if (fallback !== undefined || Object.hasOwn(environment, name)) return undefined;
  return `\${${name}} has no default and the variable is not set`;
}
