import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import {
  evaluate,
  printLocals,
  printYaml,
  type EvaluationScope,
  type Json,
  type JsonObject,
  type Node,
  type PrintScope,
} from '../../../lib/template';
import { chartFacts } from '../../../lib/render';
import type { Both, Prover } from '../proof/prover';
import { triedValues } from './schema';
import { treeArbitrary } from './trees';

const RELEASE = { name: 'on', namespace: 'n' };

/** The template of a tree, locals first. */
export function printTree(tree: Node): string {
  const scope: PrintScope = { root: '.', aliases: new Map(), locals: new Set() };
  const lines = printYaml(tree, scope);
  return [...printLocals(scope.locals, scope), ...lines].join('\n');
}

/** Prints random trees, lets both Helms render and read them, and compares with what the trees evaluate to. */
export async function proveExpressions(
  prover: Prover,
  chart: string,
  count: number,
  seed: number,
): Promise<string[]> {
  const property = fc.asyncProperty(treeArbitrary, triedValues, async (tree, drawn) => {
    const values = asSent(drawn);
    const scope: EvaluationScope = { values, release: RELEASE, chart: chartFacts, variables: {} };
    const ours = plain(evaluate(tree, scope) ?? {});
    const source = `{{- define "tried" }}\n${printTree(tree)}\n{{ end }}{{ include "tried" . | fromYaml | toRawJson }}`;
    const answer = await prover.template({
      chart,
      release: RELEASE.name,
      namespace: RELEASE.namespace,
      source,
      values,
    });
    const fault = faultIn(answer, ours);
    if (fault !== undefined)
      throw new Error(`${fault}\nvalues: ${JSON.stringify(values)}\ntemplate:\n${printTree(tree)}`);
  });
  const result = await fc.check(property, { numRuns: count, seed });
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
