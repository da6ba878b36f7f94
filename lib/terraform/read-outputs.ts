import type { TSchema } from '@sinclair/typebox';
import { Errors, ValueErrorType, type ValueError } from '@sinclair/typebox/errors';
import { type Json, type JsonObject, isJsonObject } from '../engine';
import { type Problem, expectation, nearest, pathText, shown } from '../engine/renderers';
import { outputs, type Output } from './outputs';
import { words } from '../values/words';

/** Not a value of the chart: says of which environment the outputs are, so that they are not taken for another. */
export const ENVIRONMENT_OUTPUT = 'environment';

/** What was read: the outputs of the table by name, or what is wrong with them. */
export interface ReadOutputs {
  readonly given: ReadonlyMap<string, Json>;
  readonly problems: readonly Problem[];
}

/** Reads what `terraform output -json` prints. Outputs that the table does not know are for somebody else. */
export function readOutputs(text: string, file: string, environment: string): ReadOutputs {
  const all = parsed(text);
  if (typeof all === 'string') return { given: new Map(), problems: [inFile(file, all)] };
  const names = [ENVIRONMENT_OUTPUT, ...outputs.map(({ name }) => name)];
  const spare = Object.keys(all).filter((name) => !names.includes(name));
  const problems = [
    ...environmentProblems(all, spare, environment),
    ...outputs.flatMap((row) => problemsOf(row, all, spare)),
  ];
  const given = outputs.map(({ name }): [string, Json] => [name, valueOf(all, name) ?? null]);
  return { given: new Map(given), problems };
}

/** Whether an output says that AWS does not decide. */
export function isEmpty(value: Json): boolean {
  return value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

const COMMAND = 'terraform output -json';

/** The outputs as Terraform tells them, or why it is none of that. */
function parsed(text: string): JsonObject | string {
  const json = jsonOf(text);
  if (json === undefined)
    return text.trim() === ''
      ? `is empty: give what \`${COMMAND}\` prints`
      : `is no JSON: give what \`${COMMAND}\` prints`;
  if (isJsonObject(json) && 'format_version' in json)
    return `is a plan or a state: give what \`${COMMAND}\` prints, not \`terraform show -json\``;
  if (!isJsonObject(json) || !Object.values(json).every((one) => isJsonObject(one) && 'value' in one))
    return `is not what \`${COMMAND}\` prints: a map of outputs, each with its value (without the name of an output)`;
  if (Object.keys(json).length === 0)
    return 'has no outputs: apply the root first, and run the command in its folder';
  return json;
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function environmentProblems(all: JsonObject, spare: readonly string[], expected: string): Problem[] {
  const value = valueOf(all, ENVIRONMENT_OUTPUT);
  if (value === undefined)
    return [missing(ENVIRONMENT_OUTPUT, `the name of the environment, ${expected}`, spare)];
  return value === expected
    ? []
    : [
        about(
          [ENVIRONMENT_OUTPUT],
          `must be ${expected}, not ${shown(value)}: these outputs are of another one`,
        ),
      ];
}

function problemsOf(row: Output, all: JsonObject, spare: readonly string[]): Problem[] {
  const { name, schema, empty } = row;
  const value = valueOf(all, name);
  const what = `${schema.description ?? ''}, ${expectation(schema, words)}`;
  if (value === undefined) return [missing(name, what, spare)];
  if (isSensitive(all, name))
    return [
      about(
        [name],
        'is sensitive, and the values of a chart are not secret: take `sensitive` away, if it is none',
      ),
    ];
  if (isEmpty(value))
    return empty === 'refused' ? [about([name], `must not be empty: ${what}`)] : ofOtherKind(row, value);
  return firstOfEachPath(schema, value).map((error) => wrong(name, error));
}

/** Nothing is a text where a text belongs, and a list where a list does. */
function ofOtherKind({ name, schema }: Output, value: Json): Problem[] {
  const [kind, expected] = [typeOf(value), String(schema['type'])];
  return kind === expected
    ? []
    : [about([name], `must be ${expectation(schema, words)}, not ${shown(value)}`)];
}

function typeOf(value: Json): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function missing(name: string, what: string, spare: readonly string[]): Problem {
  const renamed = nearest(name, spare);
  return about([name], `is missing: ${what}${renamed === undefined ? '' : `. Is it "${renamed}" now?`}`);
}

function wrong(name: string, { path, schema, value, type }: ValueError): Problem {
  const steps = path.split('/').slice(1).map(decoded);
  if (type === ValueErrorType.ObjectAdditionalProperties) return unknownService(name, steps);
  return about([name, ...steps], `must be ${expectation(schema, words)}, not ${shown(value)}`);
}

function unknownService(name: string, steps: readonly (string | number)[]): Problem {
  const known = Object.keys(outputs.find((row) => row.name === name)?.schema['properties'] as TSchema);
  const meant = nearest(String(steps.at(-1)), known);
  return {
    ...about([name, ...steps], 'no such service'),
    ...(meant === undefined ? {} : { nearest: meant }),
  };
}

/** A step of a JSON pointer; an index of a list is a number. */
function decoded(step: string): string | number {
  return /^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~');
}

/** A text that is too long and of another form is one thing to mend. */
function firstOfEachPath(schema: TSchema, value: Json): ValueError[] {
  const errors = [...Errors(schema, value)];
  return errors.filter(({ path }, i) => errors.findIndex((other) => other.path === path) === i);
}

function valueOf(all: JsonObject, name: string): Json | undefined {
  const given = memberOf(all, name);
  return given?.['value'] ?? undefined;
}

function isSensitive(all: JsonObject, name: string): boolean {
  return memberOf(all, name)?.['sensitive'] === true;
}

function memberOf(all: JsonObject, name: string): JsonObject | undefined {
  const member = Object.hasOwn(all, name) ? all[name] : undefined;
  return isJsonObject(member) ? member : undefined;
}

function about(steps: readonly (string | number)[], sentence: string): Problem {
  return { kind: 'input', path: pathText(steps), sentence };
}

function inFile(file: string, sentence: string): Problem {
  return { kind: 'input', path: file, sentence };
}
