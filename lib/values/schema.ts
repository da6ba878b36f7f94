import { Type, type Static, type TSchema } from '@sinclair/typebox';
// First: the shapes that several values share are printed in the order in which they are made.
import { services } from './groups/services';
import { Airflow, defaultAirflow } from './airflow';
import { Configuration } from './configuration';
import { defaultConfiguration } from './configuration-defaults';
import { api } from './groups/api';
import { extraObjects } from './groups/extra-objects';
import { gateway } from './groups/gateway';
import { global } from './groups/global';
import { gpu } from './groups/gpu';
import { group } from './groups/group';
import { hooks } from './groups/hooks';
import { image } from './groups/image';
import { ingress } from './groups/ingress';
import { monitoring } from './groups/monitoring';
import { priorityClasses } from './groups/priority-classes';
import { secrets } from './groups/secrets';
import { tests } from './groups/tests';
import { defaultKnobs, Defaults } from './knobs';
import { defaultExternal, defaultNetwork, External, Network } from './peers';
import { definitions, flag, line, oneOf } from './shapes';

export type { AllServiceValues, ServiceKey } from './groups/services';

/** All that has a default, in the order of the values. */
const groups = {
  global,
  environment: group(
    oneOf('Which environment this is: the application reads it too', ['dev', 'staging', 'prod']),
    'dev',
  ),
  fullnameOverride: group(
    line("Takes the place of the release's name in names and selectors; another one replaces every object", {
      pattern: '^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?$',
      maxLength: 63,
    }),
    '',
  ),
  image,
  defaults: group(Defaults, defaultKnobs),
  services,
  gpu,
  priorityClasses,
  api,
  ingress,
  gateway,
  network: group(Network, defaultNetwork),
  secrets,
  external: group(External, defaultExternal),
  monitoring,
  config: group(Configuration, defaultConfiguration),
  airflow: group(Airflow, defaultAirflow),
  hooks,
  tests,
  extraObjects,
};

type Groups = typeof groups;

function schemas(): { [K in keyof Groups]: Groups[K]['schema'] } {
  const entries = Object.entries(groups).map(([key, { schema }]): [string, TSchema] => [key, schema]);
  // The same keys, each with its own schema.
  return Object.fromEntries(entries) as { [K in keyof Groups]: Groups[K]['schema'] };
}

/** Every value of the chart. */
export const Values = Type.Object(
  {
    enabled: Type.Optional(flag('Read by a parent chart that lists this one with a condition')),
    ...schemas(),
  },
  { additionalProperties: false },
);

export type Values = Static<typeof Values>;

/** What the chart starts with: the values of production stand in values/prod.yaml, and so on. */
export function defaultValues(): Values {
  const entries = Object.entries(groups).map(([key, { defaults }]): [string, unknown] => [key, defaults]);
  // The same keys, each with what its schema says.
  return Object.fromEntries(entries) as Values;
}

/** `values.schema.json`: draft-07, shared shapes once. */
export function valuesJsonSchema(): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Values of the chart medical-kg',
      ...Values,
      definitions,
    }),
  ) as Record<string, unknown>;
}
