import { catalogueOf, jsonSchemaOf, dependenciesOf } from '../engine/renderers';
import type { JsonObject } from '../engine';
import { chartFacts } from '../charts/chart-facts';
import { words } from '../values/words';
import { moved } from './moved';
import { defaultValues, Values } from './values';
import { subcharts } from './parts';

/** The values of the chart. */
export const catalogue = catalogueOf({
  chart: chartFacts.name,
  schema: Values,
  // Plain data, which the type of the schema says more of.
  defaults: defaultValues() as unknown as JsonObject,
  moved,
  dependencies: dependenciesOf(subcharts),
  words,
  listing: (path) => `medkg explain ${path || '.'}`,
});

/** `values.schema.json`. */
export function valuesJsonSchema(): JsonObject {
  return jsonSchemaOf(catalogue);
}
