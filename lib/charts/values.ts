import { type References, chartValues } from '../engine';
import { CoreValues } from '../values';
import { chartFacts } from './chart-facts';

/** The symbolic values of the core: `values.services.api.enabled` is a reference, not a boolean. */
export const values: References<CoreValues> = chartValues<CoreValues>(chartFacts.name, CoreValues);
