import { rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Arguments, EvaluationScope, Json, JsonObject, Line } from '../../../lib/engine';
import {
  type Node,
  evaluate,
  evaluateLines,
  printArguments,
  printLocals,
  printParameters,
  printScope,
  printWholeText,
  printYaml,
  rootBeside,
  toYaml,
  withArguments,
} from '../../../lib/engine/renderers';
import { writeFiles } from '../proof/chart';
import type { Both, Prover } from '../proof/prover';
import { called, givenArbitrary } from './calls';
import { AS_SET, FACTS, triedValues } from './schema';
import { linesOfTrees, treeArbitrary } from './trees';

const RELEASE = { name: 'on', namespace: 'n' };

/** The body of a template, locals first. */
export function printTree(tree: Node, parameters: readonly string[] = []): string {
  const scope = printScope(FACTS.name, rootBeside(parameters));
  const lines = printYaml(tree, scope);
  return [...printParameters(parameters), ...printLocals(scope.locals, scope), ...lines].join('\n');
}

/** Two templates, of the tree and of the tree with parameters, and what they yield. */
function sourceOf(tree: Node, given: Arguments, lines: readonly Line[], bySet: boolean): string {
  const scope = printScope(FACTS.name);
  return [
    ...(bySet ? [AS_SET] : []),
    `{{- define "lines" }}${printWholeText(lines, scope)}{{ end }}`,
    `{{- define "tried" }}\n${printTree(tree)}\n{{ end }}`,
    `{{- define "called" }}\n${printTree(called(tree), Object.keys(given))}\n{{ end }}`,
    `{{- $tried := include "tried" . | fromYaml }}`,
    `{{- $called := include "called" ${printArguments(given, scope)} | fromYaml }}`,
    '{{- dict "tried" $tried "called" $called "lines" (include "lines" .) | toRawJson }}',
  ].join('\n');
}

/** Prints random trees, lets both Helms render and read them, and compares with what the trees evaluate to. */
export async function proveExpressions(prover: Prover, count: number, seed: number): Promise<string[]> {
  const chart = writeFiles(new Map([['Chart.yaml', toYaml({ apiVersion: 'v2', ...FACTS })]]));
  const property = fc.asyncProperty(
    treeArbitrary,
    givenArbitrary,
    triedValues,
    linesOfTrees,
    fc.boolean(),
    async (tree, given, drawn, lines, bySet) => {
      const values = asSent(drawn);
      const scope: EvaluationScope = { values, release: RELEASE, chart: FACTS, variables: {} };
      const ours = plain({
        tried: evaluate(tree, scope) ?? {},
        called: evaluate(called(tree), withArguments(given, scope)) ?? {},
        lines: `${evaluateLines(lines, scope).join('\n')}\n`,
      });
      const source = sourceOf(tree, given, lines, bySet);
      const answer = await prover.template({
        chart,
        release: RELEASE.name,
        namespace: RELEASE.namespace,
        source,
        values,
      });
      const fault = faultIn(answer, ours);
      if (fault !== undefined)
        throw new Error(`${fault}\nvalues: ${JSON.stringify(values)}\ntemplate:\n${source}`);
    },
  );
  const result = await fc.check(property, { numRuns: count, seed });
  rmSync(chart, { recursive: true });
  return result.failed
    ? [`expressions (seed ${seed}, after ${result.numRuns} trees):\n${errorText(result.errorInstance)}`]
    : [];
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** As JSON carries it: what both sides are compared by. */
export function plain(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

function faultIn(
  answer: Both<{ error: string | null; text: string | null }>,
  ours: Json,
): string | undefined {
  for (const [helm, { error, text }] of Object.entries(answer).filter(([key]) => key.startsWith('helm')) as [
    string,
    { error: string | null; text: string | null },
  ][]) {
    const theirs = error === null ? (plain(JSON.parse(text ?? '') as Json) as JsonObject) : undefined;
    if (!isDeepStrictEqual(theirs, ours))
      return `${helm}: ${error ?? JSON.stringify(theirs)}\nours:  ${JSON.stringify(ours)}`;
  }
  return undefined;
}

/** What the other side gets: JSON as it is written here has no negative zero. */
function asSent<T>(values: T): T {
  // The text of a value is read back as a value of the same type.
  return JSON.parse(JSON.stringify(values)) as T;
}
