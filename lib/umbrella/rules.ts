import { expressionOf, isJsonObject, references, type Condition, type EvaluationScope } from '../engine/template';
import { definitions, everyService, type ServiceValues } from '../values';
import { flowRules } from '../charts/flows/rules';
import { values } from '../charts/values';
import { configurationRules } from '../charts/rules/configuration';
import { gpuDefaultsRule, gpuRules } from '../charts/rules/gpu';
import { platformRules } from '../charts/rules/platform';
import { pullSecretsRule, repetitionRules } from '../charts/rules/repetition';
import type { Rule } from '../engine/chart/rule';
import { scalingRules } from '../charts/rules/scaling';
import { reservedKeys, serviceRules } from '../charts/rules/services';
import { ends, everyPart } from './parts';

export type { Rule } from '../engine/chart/rule';

/** A rule that the values of a release break. */
export interface BrokenRule {
  /** The value to look at. */
  readonly path: string;
  /** What is wrong and what to do. */
  readonly sentence: string;
}

/** Relations between values of the platform. */
export const rules: readonly Rule[] = [
  ...reservedKeys(values.defaults).map((rule) => ({ ...rule, path: `defaults.${rule.path}` })),
  gpuDefaultsRule,
  ...flowRules,
  ...platformRules,
  ...gpuRules,
  ...scalingRules,
  ...configurationRules,
  ...repetitionRules(ends),
  ...everyPart.flatMap((part) => part.rules?.(part.own) ?? []),
];

/** The variables of the loop over all services, in which the rules of a service are checked. */
export const SERVICE_LOOP = { key: '$name', entry: '$service' } as const;

const eachService = references<ServiceValues>(SERVICE_LOOP.entry, everyService, definitions);

/** Relations between values of one service; the paths are below the service. */
export const rulesOfEachService: readonly Rule[] = [
  ...serviceRules(eachService),
  pullSecretsRule(eachService),
];

/** The rules that a release breaks, in the order in which the chart tells them. */
export function brokenRules(scope: EvaluationScope): BrokenRule[] {
  const services = scope.values['services'];
  const ofServices = isJsonObject(services)
    ? Object.keys(services)
        .sort()
        .flatMap((name) =>
          brokenOfService(name, {
            ...scope,
            variables: { ...scope.variables, [SERVICE_LOOP.entry]: services[name] },
          }),
        )
    : [];
  return [...broken(rules, scope), ...ofServices];
}

function brokenOfService(name: string, scope: EvaluationScope): BrokenRule[] {
  return broken(rulesOfEachService, scope).map(({ path, sentence }) => ({
    path: `services.${name}.${path}`,
    sentence,
  }));
}

function broken(candidates: readonly Rule[], scope: EvaluationScope): BrokenRule[] {
  return candidates
    .filter((rule) => holds(rule.broken, scope))
    .map((rule) => ({ path: rule.path, sentence: toldOf(rule, scope) }));
}

function toldOf({ sentence, names }: Rule, scope: EvaluationScope): string {
  if (names === undefined) return sentence;
  // The type says that it is a string.
  return `${sentence}: ${expressionOf(names).evaluate(scope) as string}`;
}

function holds(condition: Condition, scope: EvaluationScope): boolean {
  return expressionOf(condition).evaluate(scope) === true;
}
