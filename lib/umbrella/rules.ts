import { type Rule, type RulesOfEach, variable } from '../engine';
import { everyService, type ServiceValues } from '../values';
import { flowRules } from '../charts/flows/rules';
import { values } from '../charts/values';
import { configurationRules } from '../charts/rules/configuration';
import { gpuDefaultsRules, gpuRules } from '../charts/rules/gpu';
import { platformRules } from '../charts/rules/platform';
import { pullSecretsRule, repetitionRules } from '../charts/rules/repetition';
import { scalingRules } from '../charts/rules/scaling';
import { reservedKeys, reservedKeysOfPods, serviceRules } from '../charts/rules/services';
import { ends, partRules } from './parts';

/** Relations between values of the platform. */
export const rules: readonly Rule[] = [
  ...reservedKeys(values.defaults).map((rule) => ({ ...rule, path: `defaults.${rule.path}` })),
  ...reservedKeysOfPods(values.global.pods),
  ...gpuDefaultsRules,
  ...flowRules,
  ...platformRules,
  ...gpuRules,
  ...scalingRules,
  ...configurationRules,
  ...repetitionRules(ends),
  ...partRules,
];

const eachService = variable<ServiceValues>('$service', everyService);

/** Relations between values of one service; the paths are below the service. */
export const rulesOfEachService: readonly Rule[] = [
  ...serviceRules(eachService),
  pullSecretsRule(eachService),
];

/** All relations, in the order in which the chart tells those that are broken; of values that moved, it tells first. */
export const allRules: readonly (Rule | RulesOfEach)[] = [
  ...rules,
  { collection: values.services, variables: ['$name', '$service'], rules: rulesOfEachService },
];
