import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import {
  type Description,
  type EvaluationScope,
  type Helper,
  type Json,
  type JsonObject,
  When,
} from '../../../lib/engine';
import {
  Alternative,
  Each,
  type Expression,
  HelperCall,
  type Node,
  type Release,
  Spread,
  comparable,
  evaluationScope,
  expressionOf,
  templateName,
  valueOf,
} from '../../../lib/engine/renderers';
import { deliver, repaired, type Documents } from '../documents';
import { releaseArbitrary } from '../documents/releases';
import type { PrintedChart } from '../proof/chart';
import { acceptedValues, brokenPaths } from '../proof/ours';
import { inParallel, type Prover } from '../proof/prover';
import type { Hints } from '../subject';
import { plain } from './prove';

/** A helper with the arguments of one call. */
interface Call {
  readonly helper: Helper;
  readonly args: (scope: EvaluationScope) => readonly Json[];
}

/** Calls that the charts make, one of each. */
function callsIn(description: Description): Call[] {
  const found = new Map<string, HelperCall>();
  const look = (expression: Expression): void => {
    if (expression instanceof HelperCall && !usesVariables(expression))
      found.set(comparable(valueOf(expression)), expression);
    expression.parts().forEach(look);
  };
  for (const { tree, condition } of description.objects) {
    if (condition !== undefined) look(expressionOf(condition));
    expressionsIn(tree).forEach(look);
  }
  return [...found.values()].map((call) => {
    const args = call.parts().slice(0, call.parts().length - call.helper.reads.length);
    return { helper: call.helper, args: (scope) => args.map((argument) => argument.evaluate(scope) ?? null) };
  });
}

/** The variable of a loop has no value outside of it. */
function usesVariables(expression: Expression): boolean {
  return (
    ('origin' in expression && String(expression.origin).startsWith('$')) ||
    expression.parts().some(usesVariables)
  );
}

function expressionsIn(node: Node): Expression[] {
  if (node instanceof When) return [expressionOf(node.condition), ...expressionsIn(node.body)];
  if (node instanceof Alternative) return [expressionOf(node.value), ...expressionsIn(node.otherwise)];
  if (node instanceof Each) return [expressionOf(node.collection), ...expressionsIn(node.body)];
  if (node instanceof Spread) return [expressionOf(node.value)];
  if (typeof node !== 'object') return [];
  return 'print' in node && 'evaluate' in node
    ? [node as Expression]
    : Object.values(node as Readonly<Record<string, Node>>).flatMap(expressionsIn);
}

/** Calls every helper with the arguments of the charts and with others, for random values and releases. */
export async function proveHelpers(
  prover: Prover,
  { description, folder }: PrintedChart,
  documents: Documents,
  { further = {}, inner, parts }: Hints,
  count: number,
  seed: number,
): Promise<{ calls: number; faults: string[] }> {
  const { facts, helpers } = description;
  const known = callsIn(description);
  const uncalled = helpers.filter(
    ({ name, evaluate }) =>
      evaluate.length > 1 &&
      !(name in further) &&
      inner?.has(name) !== true &&
      !known.some(({ helper }) => helper.name === name),
  );
  const faults = uncalled.map(
    ({ name }) => `helper ${name}: no chart calls it, and no test knows its arguments`,
  );
  const releases = fc.sample(releaseArbitrary(facts.name, parts), { numRuns: count, seed });
  let calls = 0;
  await inParallel(documents.drafts(count, seed), 4, async (random, i) => {
    const release = releases[i] ?? random.release;
    const mended = repaired(random, (draft) => brokenPaths(description, deliver(draft)));
    const values = acceptedValues(description, deliver(mended));
    if (values === undefined || faults.length > 5) return;
    const scope = evaluationScope(facts, values, release);
    const made = [...some(known, i), ...directed(helpers, further, seed + i)].map(({ helper, args }) => ({
      helper,
      args: args(scope),
    }));
    calls += made.length;
    faults.push(...(await compare(prover, folder, scope, made)));
  });
  return { calls, faults };
}

/** A part of the calls, another one each time. */
function some(calls: readonly Call[], turn: number): Call[] {
  const most = 30;
  const start = (turn * most) % Math.max(1, calls.length);
  return [...calls, ...calls].slice(start, start + Math.min(most, calls.length));
}

function directed(helpers: readonly Helper[], further: NonNullable<Hints['further']>, seed: number): Call[] {
  return helpers.flatMap((helper) => {
    const given = further[helper.name] ?? (helper.evaluate.length <= 1 ? fc.constant<Json[]>([]) : undefined);
    return given === undefined
      ? []
      : fc.sample(given, { numRuns: 1, seed }).map((args) => ({ helper, args: () => args }));
  });
}

async function compare(
  prover: Prover,
  chart: string,
  scope: EvaluationScope,
  made: readonly { helper: Helper; args: readonly Json[] }[],
): Promise<string[]> {
  const values: JsonObject = { ...scope.values, triedArguments: made.map(({ args }) => [...args]) };
  const source = `{{ list ${made.map(({ helper, args }, i) => printed(scope.chart.name, helper, args.length, i)).join(' ')} | toRawJson }}`;
  const answer = await prover.template({
    chart,
    release: scope.release.name,
    namespace: scope.release.namespace,
    source,
    values,
  });
  return (['helm3', 'helm4'] as const).flatMap((helm) => {
    const { error, text } = answer[helm];
    if (error !== null) return [`helpers under ${helm}: ${error}`];
    const theirs = JSON.parse(text ?? '') as Json[];
    return made.flatMap(({ helper, args }, i) => faultOf(helm, helper, args, scope, theirs[i] ?? null));
  });
}

function printed(chart: string, { name, yields }: Helper, args: number, i: number): string {
  const call = `include ${templateName(chart, name)} ${args === 0 ? '.' : `(concat (list .) (index .Values.triedArguments ${i}))`}`;
  const reader = yields === 'map' ? ' | fromYaml' : yields === 'items' ? ' | fromYamlArray' : '';
  return `(${call}${reader})`;
}

function faultOf(
  helm: string,
  helper: Helper,
  args: readonly Json[],
  scope: EvaluationScope,
  theirs: Json,
): string[] {
  const value = plain(helper.evaluate(scope, ...args));
  const ours = typeof value === 'object' ? value : String(value);
  const given: { release: Release; args: readonly Json[]; fullnameOverride: Json | undefined } = {
    release: scope.release,
    args,
    fullnameOverride: scope.values['fullnameOverride'],
  };
  return isDeepStrictEqual(theirs, ours)
    ? []
    : [
        `helper ${helper.name} of ${JSON.stringify(given)}\n  ${helm}: ${JSON.stringify(theirs)}\n  ours:  ${JSON.stringify(ours)}`,
      ];
}
