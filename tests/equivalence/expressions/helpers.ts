import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { helpers } from '../../../lib/umbrella/helpers';
import { evaluationScope, chartFacts } from '../../../lib/render';
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
  expressionOf,
  templateName,
  valueOf,
} from '../../../lib/engine/renderers';
import { deliver, drafts, repaired } from '../documents';
import { releaseArbitrary } from '../documents/releases';
import { valueArbitrary } from '../documents/values';
import { acceptedValues, brokenPaths } from '../proof/ours';
import { inParallel, type Prover } from '../proof/prover';
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

/** Arguments that no chart has thought of. */
const FURTHER: Readonly<Record<string, fc.Arbitrary<Json[]>>> = {
  name: fc.array(fc.constantFrom<Json>('api', 'qwen-embed-vllm', 'secrets', 'x', 'on', '1'), {
    minLength: 1,
    maxLength: 3,
  }),
  clusterName: fc.constantFrom<Json[]>(['serving'], ['batch'], ['x', 'y']),
  repeatedNames: fc.array(
    fc.oneof(
      fc.constantFrom<Json>('HOME', 'HF_HOME', '', null),
      fc.array(fc.record({ name: fc.constantFrom('HOME', 'HF_HOME', 'b', 'B', '') }), { maxLength: 4 }),
    ),
    { minLength: 1, maxLength: 4 },
  ),
  mergedMaps: fc.array(valueArbitrary({ type: 'object', additionalProperties: { type: 'string' } }), {
    minLength: 1,
    maxLength: 4,
  }),
};

/** Helpers that other helpers call, and that are proven with them. */
const INNER = new Set(['peerEnds']);

/** Calls every helper with the arguments of the charts and with others, for random values and releases. */
export async function proveHelpers(
  prover: Prover,
  chart: string,
  description: Description,
  count: number,
  seed: number,
): Promise<{ calls: number; faults: string[] }> {
  const known = callsIn(description);
  const uncalled = helpers.filter(
    ({ name, evaluate }) =>
      evaluate.length > 1 &&
      !(name in FURTHER) &&
      !INNER.has(name) &&
      !known.some(({ helper }) => helper.name === name),
  );
  const faults = uncalled.map(
    ({ name }) => `helper ${name}: no chart calls it, and no test knows its arguments`,
  );
  const releases = fc.sample(releaseArbitrary, { numRuns: count, seed });
  let calls = 0;
  await inParallel(drafts(count, seed), 4, async (random, i) => {
    const release = releases[i] ?? random.release;
    const values = acceptedValues(deliver(repaired(random, (draft) => brokenPaths(deliver(draft)))));
    if (values === undefined || faults.length > 5) return;
    const scope = evaluationScope(values, release);
    const made = [...some(known, i), ...directed(seed + i)].map(({ helper, args }) => ({
      helper,
      args: args(scope),
    }));
    calls += made.length;
    faults.push(...(await compare(prover, chart, scope, made)));
  });
  return { calls, faults };
}

/** A part of the calls, another one each time. */
function some(calls: readonly Call[], turn: number): Call[] {
  const most = 30;
  const start = (turn * most) % Math.max(1, calls.length);
  return [...calls, ...calls].slice(start, start + Math.min(most, calls.length));
}

function directed(seed: number): Call[] {
  return helpers.flatMap((helper) => {
    const further =
      FURTHER[helper.name] ?? (helper.evaluate.length <= 1 ? fc.constant<Json[]>([]) : undefined);
    return further === undefined
      ? []
      : fc.sample(further, { numRuns: 1, seed }).map((args) => ({ helper, args: () => args }));
  });
}

async function compare(
  prover: Prover,
  chart: string,
  scope: EvaluationScope,
  made: readonly { helper: Helper; args: readonly Json[] }[],
): Promise<string[]> {
  const values: JsonObject = { ...scope.values, triedArguments: made.map(({ args }) => [...args]) };
  const source = `{{ list ${made.map(({ helper, args }, i) => printed(helper, args.length, i)).join(' ')} | toRawJson }}`;
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

function printed({ name, yields }: Helper, args: number, i: number): string {
  const call = `include ${templateName(chartFacts.name, name)} ${args === 0 ? '.' : `(concat (list .) (index .Values.triedArguments ${i}))`}`;
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
