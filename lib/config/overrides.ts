/**
 * Environment variables that the application lays over config.yaml before it checks it: three by name, and
 * `MEDCFG__A__B`, which sets `a.b`. Only the variables `LOG_LEVEL: INFO` or a wrong path already stop it.
 */
import { isMapping } from './problem';
import type { Environment } from './placeholders';

/** Variables with a fixed place in config.yaml. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  VLLM_API_BASE: ['embeddings', 'vllm_api_base'],
  RETRIEVAL_FUSION_WEIGHTS: ['retrieval', 'fusion', 'weights'],
  LOG_LEVEL: ['observability', 'logging', 'level'],
};

const PREFIX = 'MEDCFG__';

/** The document as the application sees it, with the variables of its environment laid over. */
export function withOverrides(config: unknown, environment: Environment): unknown {
  return overridesOf(environment).reduce<unknown>(
    (document, [path, text]) =>
      isMapping(document) ? withValueAt(document, path, overrideValue(text)) : document,
    config,
  );
}

/** Places and texts, the named variables first, as the application takes them. */
function overridesOf(environment: Environment): [readonly string[], string][] {
  const named = Object.entries(NAMED).flatMap(([name, path]): [readonly string[], string][] =>
    environment[name] === undefined ? [] : [[path, environment[name]]],
  );
  const prefixed = Object.entries(environment)
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, text]): [readonly string[], string] => [placeOf(name), text]);
  return [...named, ...prefixed];
}

function placeOf(name: string): string[] {
  return name.slice(PREFIX.length).toLowerCase().replaceAll('__', '.').split('.');
}

/** A copy with one value set; what is no mapping on the way there is replaced by one. */
function withValueAt(
  mapping: Readonly<Record<string, unknown>>,
  path: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return { ...mapping, [key]: value };
  const inner = mapping[key];
  return { ...mapping, [key]: withValueAt(isMapping(inner) ? inner : {}, rest, value) };
}

/** What the application reads in a variable: a boolean of any case, JSON, Python's number spellings, or text. */
function overrideValue(text: string): unknown {
  const trimmed = text.trim();
  if (/^(?:true|false)$/i.test(trimmed)) return trimmed.toLowerCase() === 'true';
  const parsed = json(trimmed);
  return parsed === undefined ? (pythonNumber(trimmed) ?? trimmed) : parsed;
}

/** Value of JSON text (which is never undefined), or undefined where the text is no JSON. */
function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whole numbers and fractions with a point, digits grouped by single underscores, leading zeros allowed. */
function pythonNumber(text: string): number | undefined {
  const digits = String.raw`\d+(?:_\d+)*`;
  const whole = new RegExp(`^[-+]?${digits}$`);
  const fraction = new RegExp(`^[-+]?(?:${digits}\\.(?:${digits})?|\\.${digits})(?:[eE][-+]?${digits})?$`);
  return whole.test(text) || fraction.test(text) ? Number(text.replaceAll('_', '')) : undefined;
}
