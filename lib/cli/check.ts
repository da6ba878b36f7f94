import { relative } from 'node:path';
import { catalogue } from '../umbrella';
import { objectProblems } from '../analysis';
import type { Description, EvaluationScope, JsonObject } from '../engine';
import {
  type Problem,
  type Release,
  type ValuesInput,
  ValuesInputError,
  type ValuesSources,
  readValuesInput,
  inputProblem,
  located,
  valuesProblems,
  renderedObjects,
  type RenderedObject,
  finalValues,
  evaluationScope,
} from '../engine/renderers';
import { environmentFile, strayFiles } from '../umbrella/environments';
import type { Context } from './context';

/** What one environment becomes: its objects, or why there are none. */
export interface Checked {
  readonly problems: readonly Problem[];
  readonly objects: readonly RenderedObject[];
  /** Undefined where the input could not even be read. */
  readonly scope: EvaluationScope | undefined;
}

/** The inputs of an environment: its own file comes first. */
export function sourcesOf({ root }: Context, environment: string, further: ValuesSources): ValuesSources {
  const own = relative(process.cwd(), environmentFile(root, environment));
  return { ...further, files: [own, ...further.files] };
}

/** Values files that no environment reads. */
export function strayProblems({ root }: Context): Problem[] {
  return strayFiles(root).map(inputProblem);
}

/** Reads, validates and renders; all problems that can be found are told together. */
export function check(description: Description, sources: ValuesSources, release: Release): Checked {
  return checkRead(sources, (input) => {
    const { problems, scope } = valuesOf(description, input, release);
    return problems.length > 0 ? { problems, objects: [], scope } : rendered(description, scope, input);
  });
}

/** Reads and validates, without the objects, which take most of the time. */
export function checkValues(description: Description, sources: ValuesSources, release: Release): Checked {
  return checkRead(sources, (input) => ({ ...valuesOf(description, input, release), objects: [] }));
}

function checkRead(sources: ValuesSources, checked: (input: ValuesInput) => Checked): Checked {
  try {
    return checked(readValuesInput(sources));
  } catch (error) {
    if (!(error instanceof ValuesInputError)) throw error;
    return { problems: distinct(error.problems.map(inputProblem)), objects: [], scope: undefined };
  }
}

/** The values of a release without any check: the overrides over the defaults of the chart. */
export function coalesced(input: ValuesInput): JsonObject {
  return finalValues(catalogue, input.overrides);
}

function valuesOf(
  description: Description,
  input: ValuesInput,
  release: Release,
): { problems: readonly Problem[]; scope: EvaluationScope } {
  const values = finalValues(description.catalogue, input.overrides);
  const scope = evaluationScope(description.facts, values, release);
  return { problems: valuesProblems(description, scope, input), scope };
}

function rendered(description: Description, scope: EvaluationScope, input: ValuesInput): Checked {
  const { problems: refused, objects } = renderedObjects(description, scope, input);
  const problems = objectProblems(objects).map((problem) => located(problem, problem.path.split('.'), input));
  return { problems: [...refused, ...problems], objects, scope };
}

function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
