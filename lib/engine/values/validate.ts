import type { TSchema } from '@sinclair/typebox';
import type { ErrorObject } from 'ajv';
import { isJsonObject, type Json, type JsonObject } from '../template/json';
import { keyText } from './input/keys';
import { pathText } from './input/path';
import { resolvePlain } from './input/scalars';
import { nearest } from './nearest';
import type { Problem } from './problem';
import { resolved } from '../template/shared-shapes';
import type { Catalogue } from './catalogue';
import { isEnabled, sliceOf, type Dependency } from './dependencies';
import { membersOf, schemaAt, type Step } from './schema-at';
import { expectation, patternWords, shown, typeWords } from './words';

/** A problem of the schema, with its path taken apart. */
export interface SchemaProblem extends Problem {
  readonly steps: readonly Step[];
}

/** Everything about values that the schema refuses; each place once for each thing that is wrong with it. */
export function schemaProblems(catalogue: Catalogue, values: JsonObject): SchemaProblem[] {
  const errors = catalogue.errors(values);
  const own = errors
    .filter((error) => isCause(error, errors))
    .map((error) => schemaProblem(catalogue, error, values));
  return [...own, ...catalogue.dependencies.flatMap((dependency) => problemsInside(dependency, values))];
}

/** What the schema of a chart inside refuses, if that chart is there; that its slice is a map is the outer schema's to say. */
function problemsInside(dependency: Dependency, values: JsonObject): SchemaProblem[] {
  const { catalogue } = dependency;
  if (!isEnabled(dependency, values) || !isJsonObject(values[catalogue.chart])) return [];
  return schemaProblems(catalogue, sliceOf(dependency, values)).map((problem) => {
    const steps = [catalogue.chart, ...problem.steps];
    return { ...problem, steps, path: pathText(steps) };
  });
}

/** ajv also tells which wrapper failed because of a cause, and why each alternative of an `anyOf` did. */
function isCause(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.keyword === 'propertyNames' || error.keyword === 'if') return false;
  return !errors.some(
    (other) =>
      other.keyword === 'anyOf' &&
      error.instancePath.startsWith(other.instancePath) &&
      error.schemaPath.startsWith(`${other.schemaPath}/`),
  );
}

function schemaProblem(catalogue: Catalogue, error: ErrorObject, values: JsonObject): SchemaProblem {
  const steps = [...stepsOf(error.instancePath, values), ...ownStep(error)];
  return { kind: 'schema', steps, path: pathText(steps), ...explanation(catalogue, error, steps, values) };
}

/** A key that is too much, or that is missing, is the value to look at. */
function ownStep({ keyword, params, propertyName }: ErrorObject): Step[] {
  if (propertyName !== undefined) return [propertyName];
  const key = params[keyword === 'required' ? 'missingProperty' : 'additionalProperty'] as string | undefined;
  return key === undefined ? [] : [key];
}

/** A JSON pointer as steps; what is an index follows from the values. */
function stepsOf(pointer: string, values: JsonObject): Step[] {
  let value: Json | undefined = values;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(value) ? Number(key) : key;
      value = memberAt(value, step);
      return step;
    });
}

function memberAt(value: Json | undefined, step: Step): Json | undefined {
  if (Array.isArray(value)) return value[Number(step)];
  return isJsonObject(value) ? value[String(step)] : undefined;
}

type Explanation = Pick<Problem, 'sentence' | 'nearest'>;

function explanation(
  catalogue: Catalogue,
  { keyword, params, message, propertyName }: ErrorObject,
  steps: readonly Step[],
  values: JsonObject,
): Explanation {
  if (propertyName !== undefined) return { sentence: keySentence(keyword, params, catalogue.words) };
  if (keyword === 'additionalProperties') return unknownKey(catalogue, steps);
  if (keyword === 'required') return { sentence: missing(catalogue, steps) };
  const schema = schemaAt(catalogue.schema, steps);
  const described = schema?.description ?? '';
  const value = steps.reduce<Json | undefined>(memberAt, values);
  const given = /^m(ax|in)(Items|Length)$/.test(keyword) ? sizeOf(value) : shown(value);
  const sentence = SENTENCES[keyword]?.(params);
  if (keyword === 'not')
    return { sentence: `must not be ${given}${described === '' ? '' : `: ${described}`}` };
  if (sentence !== undefined) return { sentence: `${sentence}, not ${given}` };
  return {
    sentence:
      schema === undefined
        ? `${message ?? 'is refused'}, not ${given}`
        : `must be ${expectation(schema, catalogue.words)}, not ${given}`,
  };
}

/** What has a default can only be missing because it was deleted. */
function missing({ schema: whole, defaults, words }: Catalogue, steps: readonly Step[]): string {
  const standard = steps.reduce<Json | undefined>(memberAt, defaults);
  if (standard !== undefined) return 'is missing: null deletes a default that must be there';
  const schema = schemaAt(whole, steps);
  return schema === undefined ? 'is missing' : `is missing: it must be ${expectation(schema, words)}`;
}

/** Entries of a list, or characters of a text as the schema counts them. */
function sizeOf(value: Json | undefined): string {
  return String(Array.isArray(value) || typeof value === 'string' ? Array.from(value).length : 0);
}

type Params = Readonly<Record<string, unknown>>;

/** Bounds and lengths say the one that was broken; type, enum, pattern and alternatives follow from the schema. */
const SENTENCES: Readonly<Record<string, (params: Params) => string>> = {
  type: ({ type }) => `must be ${typeWords(String(type))}`,
  minimum: ({ limit }) => `must be at least ${String(limit)}`,
  maximum: ({ limit }) => `must be at most ${String(limit)}`,
  maxLength: ({ limit }) => `must have at most ${String(limit)} characters`,
  minLength: ({ limit }) => `must have at least ${String(limit)} characters`,
  maxItems: ({ limit }) => `must have at most ${String(limit)} entries`,
  minItems: ({ limit }) => `must have at least ${String(limit)} ${limit === 1 ? 'entry' : 'entries'}`,
};

function keySentence(keyword: string, params: Params, words: Catalogue['words']): string {
  if (keyword === 'pattern') return `this key must be ${patternWords(String(params['pattern']), words)}`;
  return `this key ${SENTENCES[keyword]?.(params) ?? 'is refused'}`;
}

/** More keys than this are no help in a sentence. */
const LISTED_KEYS = 12;

function unknownKey({ schema: whole, listing }: Catalogue, steps: readonly Step[]): Explanation {
  const schema = schemaAt(whole, steps.slice(0, -1));
  const known = schema === undefined ? [] : Object.keys(membersOf(schema));
  const key = String(steps.at(-1));
  const bare = known.find((name) => name !== key && keyText(resolvePlain(name)) === key);
  if (bare !== undefined)
    return { sentence: `no such value: YAML reads a bare ${bare} as ${key}; write "${bare}", in quotes` };
  const meant = nearest(key, known) ?? (schema === undefined ? undefined : deeper(key, schema));
  if (meant !== undefined) return { sentence: 'no such value', nearest: meant };
  return { sentence: `no such value${knownWords(known, listing?.(pathText(steps.slice(0, -1))))}` };
}

function knownWords(known: readonly string[], listing: string | undefined): string {
  if (known.length === 0) return '';
  return known.length > LISTED_KEYS && listing !== undefined
    ? `; ${listing} lists those that there are`
    : `; known here: ${known.join(', ')}`;
}

/** A key that is right, but belongs further down. */
function deeper(key: string, schema: TSchema): string | undefined {
  const members = Object.entries(membersOf(schema)).map(([name, member]) => ({
    name,
    member: resolved(member),
  }));
  if (members.some(({ name }) => name === key)) return key;
  for (const { name, member } of members) {
    const below = deeper(key, member);
    if (below !== undefined) return `${name}.${below}`;
  }
  return undefined;
}
