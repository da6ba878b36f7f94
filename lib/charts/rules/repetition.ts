import { valuesKey } from '../../platform/model';
import { allServices } from '../../platform/services';
import {
  type References,
  type Rule,
  type Value,
  When,
  and,
  choose,
  local,
  nonEmpty,
  not,
} from '../../engine';
import type { ServiceValues } from '../../values';
import { repeated } from '../helpers/repeated';
import type { CallingService, End } from '../ends';
import { CHECK_VARIABLES } from '../hooks';
import { has, scopeOf } from '../scope';
import { fragmentsOf } from '../pod';
import { gathered } from '../pod/fragment';
import { downloadVariables, waitVariables } from '../pod/vllm';
import { values } from '../values';

/**
 * Names that lists of pods may not have twice. The API server stores such lists when they are created, but no
 * server-side apply takes them, and a later patch may drop an entry: an upgrade would break in the middle. Other lists
 * (volumes, containers, mounts) the API server itself refuses from the beginning.
 */
const { defaults, global } = values;

const variables = 'must not give a variable a second time';
const commonSecrets = repeated(global.imagePullSecrets, defaults.imagePullSecrets);

/** Names that the knobs of all services repeat, and the variables of each service. */
export const repetitionRules = (ends: readonly End[]): readonly Rule[] => [
  rule(
    'global.pods.env',
    repeated(...variablesOfJobs(), global.pods.env),
    `${variables}, nor one that the chart gives to its Jobs`,
  ),
  rule(
    'defaults.extraEnv',
    repeated(global.pods.env, defaults.extraEnv),
    `${variables}, nor one of global.pods.env`,
  ),
  rule(
    'defaults.imagePullSecrets',
    commonSecrets,
    'must not name a Secret a second time, nor one of global.imagePullSecrets',
  ),
  ...allServices().map((record) => variablesOf({ ...scopeOf(record), ends })),
];

function variablesOf(service: CallingService): Rule {
  const { record } = service;
  const names = repeated(
    ...ownVariables(service),
    global.pods.env,
    defaults.extraEnv,
    service.values.extraEnv,
  );
  const { broken, ...told } = rule(
    `services.${valuesKey(record.name)}.extraEnv`,
    names,
    `${variables}, nor one of global.pods.env, defaults.extraEnv or of the chart`,
  );
  return { ...told, broken: and(service.values.enabled, broken) };
}

/** The variables that the chart itself gives a service, those that a value decides about among them. */
function ownVariables(service: CallingService): (string | Value<string>)[] {
  return gathered(fragmentsOf(service), 'env').map((variable) => {
    if (!(variable instanceof When)) return nameOf(variable);
    return choose(variable.condition, nameOf(variable.body), '');
  });
}

/** The variables of containers that are no service's: of the hook, and of those that fetch a model or wait for one. */
function variablesOfJobs(): string[] {
  const fetching = allServices()
    .map(scopeOf)
    .flatMap((service) =>
      has(service, 'vllm') ? [...downloadVariables(service), ...waitVariables(service)] : [],
    );
  const names = [...CHECK_VARIABLES, ...fetching].map((variable) =>
    nameOf(variable instanceof When ? variable.body : variable),
  );
  return [...new Set(names)];
}

/** Every variable of ours has a constant name. */
function nameOf(variable: unknown): string {
  const { name } = variable as { name: unknown };
  if (typeof name !== 'string') throw new Error('a variable of the chart needs a constant name');
  return name;
}

/** The pull secrets of one service; those that all have in common are told once, with the defaults. */
export function pullSecretsRule(service: References<ServiceValues>): Rule {
  const names = repeated(global.imagePullSecrets, defaults.imagePullSecrets, service.imagePullSecrets);
  const { broken, ...told } = rule(
    'imagePullSecrets',
    names,
    'must not name a Secret a second time, nor one of global.imagePullSecrets or defaults.imagePullSecrets',
  );
  return { ...told, broken: and(broken, not(nonEmpty(commonSecrets))) };
}

function rule(path: string, names: Value<string>, sentence: string): Rule {
  const told = local('repeated', names);
  return { path, broken: nonEmpty(told), sentence, names: told };
}
