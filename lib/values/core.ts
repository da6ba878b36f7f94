import type { Static } from '@sinclair/typebox';
// First: the shapes that several values share are printed in the order in which they are made.
import { services } from './groups/services';
import { ENVIRONMENTS } from '../platform/environments';
import { Airflow, defaultAirflow } from './airflow';
import { Configuration } from './configuration';
import { defaultConfiguration } from './configuration-defaults';
import { api } from './groups/api';
import { extraObjects } from './groups/extra-objects';
import { gateway } from './groups/gateway';
import { global, INSTANCE_NAME } from './groups/global';
import { gpu } from './groups/gpu';
import { group, line, oneOf, schemaOf } from '../engine';
import { hooks } from './groups/hooks';
import { image } from './groups/image';
import { ingress } from './groups/ingress';
import { monitoring } from './groups/monitoring';
import { priorityClasses } from './groups/priority-classes';
import { secrets } from './groups/secrets';
import { tests } from './groups/tests';
import { defaultKnobs, Defaults } from './knobs';
import { defaultExternal, defaultNetwork, External, Network } from './peers';

/** All that has a default, in the order of the values; those of parts stand before the last three. */
export const coreGroups = {
  global,
  environment: group(oneOf('Which environment this is: the application reads it too', ENVIRONMENTS), 'dev'),
  fullnameOverride: group(
    line(
      "Takes the place of the release's name in names and selectors; another one replaces every object",
      INSTANCE_NAME,
    ),
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

/** What the core of the platform knows: services, configuration, flows and what they share. */
export const CoreValues = schemaOf(coreGroups);
export type CoreValues = Static<typeof CoreValues>;
