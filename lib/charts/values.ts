import { references, type References } from '../template';
import { definitions, Values } from '../values';

/** The symbolic values of the chart: `values.services.api.enabled` is a reference, not a boolean. */
export const values: References<Values> = references<Values>('Values', Values, definitions);
