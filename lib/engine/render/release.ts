import type { Description } from '../chart/description';
import { brokenRules, type BrokenRule } from '../chart/rule';
import { RefusedKey, type EvaluationScope, type Release } from '../template';
import { finalValues } from '../values/dependencies';
import { readValuesInput, ValuesInputError, type InputProblem, type ValuesInput } from '../values/input';
import { pathText } from '../values/input/path';
import type { Problem } from '../values/problem';
import { type Step } from '../values/schema-at';
import { schemaProblems, type SchemaProblem } from '../values/validate';
import { evaluationScope, renderObjects, type RenderedObject } from './manifests';
import { renderNotes } from './texts';

/** A release to render, and where its values come from. */
export interface ReleaseSources {
  readonly release: Release;
  /** Values files, as `-f` takes them. */
  readonly files?: readonly string[];
  /** As `--set` and `--set-string` take them. */
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
}

/** What a release becomes: objects and notes, or the problems for which there are none. */
export interface RenderedRelease {
  readonly problems: readonly Problem[];
  readonly objects: readonly RenderedObject[];
  readonly notes: string;
}

/** Reads the values of a release, checks them, and renders it; all problems that can be found are told together. */
export function renderRelease(description: Description, sources: ReleaseSources): RenderedRelease {
  const { files = [], set = [], setString = [] } = sources;
  let input: ValuesInput;
  try {
    input = readValuesInput({ files, set, setString });
  } catch (error) {
    if (error instanceof ValuesInputError) return refused(error.problems.map(inputProblem));
    throw error;
  }
  const values = finalValues(description.catalogue, input.overrides);
  const scope = evaluationScope(description.facts, values, sources.release);
  const problems = valuesProblems(description, scope, input);
  if (problems.length > 0) return refused(problems);
  const rendered = renderedObjects(description, scope, input);
  return rendered.problems.length > 0
    ? refused(rendered.problems)
    : { ...rendered, notes: renderNotes(description, scope) };
}

/** The objects of values that nothing refuses; or the first key that values give and no object can have. */
export function renderedObjects(
  description: Description,
  scope: EvaluationScope,
  input: ValuesInput,
): Omit<RenderedRelease, 'notes'> {
  try {
    return { problems: [], objects: renderObjects(description, scope) };
  } catch (error) {
    if (!(error instanceof RefusedKey)) throw error;
    const { message: sentence, given } = error;
    return {
      problems: [located({ kind: 'object', path: pathText(given), sentence }, given, input)],
      objects: [],
    };
  }
}

function refused(problems: readonly Problem[]): RenderedRelease {
  return { problems, objects: [], notes: '' };
}

/** What of a description judges values. */
type Judging = Pick<Description, 'catalogue' | 'rules' | 'subcharts'>;

/** What the schema refuses; and the relations that are broken, but for those that are a consequence of it. */
export function valuesProblems(description: Judging, scope: EvaluationScope, input: ValuesInput): Problem[] {
  const bySchema = schemaProblems(description.catalogue, scope.values);
  const rules = brokenOf(description, scope, bySchema).filter(
    ({ steps }) => !bySchema.some((problem) => touches(steps, problem.steps)),
  );
  return once([
    ...bySchema.map((problem) => located(problem, problem.steps, input)),
    ...rules.map(({ path, steps, sentence }) => located({ kind: 'rule', path, sentence }, steps, input)),
  ]);
}

/** A chart and those inside find the same in what they share: it is told once, where it was given. */
function once(problems: readonly Problem[]): Problem[] {
  const told = (path: string, sentence: string): string => `${path}: ${sentence}`;
  const all = new Map(problems.map((problem) => [told(problem.path, problem.sentence), problem]));
  return [...all.values()].filter(({ path, sentence }) => {
    const around = path.replace(/[^.]+\.(?=global\.)/, '');
    return around === path || !all.has(told(around, sentence));
  });
}

function brokenOf(
  description: Judging,
  scope: EvaluationScope,
  bySchema: readonly SchemaProblem[],
): BrokenRule[] {
  try {
    return brokenRules(description, scope);
  } catch (error) {
    // Rules may look at what the schema refused; then the schema's own problems are enough.
    if (bySchema.length > 0) return [];
    throw error;
  }
}

/** Whether one of two places is the other one, or in it. */
function touches(one: readonly Step[], other: readonly Step[]): boolean {
  const shorter = Math.min(one.length, other.length);
  return one.slice(0, shorter).every((step, i) => step === other[i]);
}

/** The problem, at the place that gave the value. */
export function located(problem: Problem, steps: readonly Step[], input: ValuesInput): Problem {
  const location = input.locate(steps);
  return location === undefined ? problem : { ...problem, location };
}

/** What reading found, as a problem like all others. */
export function inputProblem({ message, path, location }: InputProblem): Problem {
  return {
    kind: 'input',
    path: path ?? '',
    sentence: message,
    ...(location === undefined ? {} : { location }),
  };
}
