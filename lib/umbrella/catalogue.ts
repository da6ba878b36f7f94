import type { Catalogue, JsonObject } from '../engine';
import { chartFacts } from '../charts/chart-facts';
import { words } from '../values/words';
import { schemaErrors } from './validator';
import { defaultValues, Values } from './values';

/** The values of the chart. */
export const catalogue: Catalogue = {
  chart: chartFacts.name,
  schema: Values,
  // Plain data, which the type of the schema says more of.
  defaults: defaultValues() as unknown as JsonObject,
  errors: schemaErrors,
  words,
  listing: (path) => `medkg explain ${path || '.'}`,
};
