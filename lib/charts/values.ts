import { references, type References } from '../engine/template';
import { CoreValues, definitions } from '../values';

/** The symbolic values of the core: `values.services.api.enabled` is a reference, not a boolean. */
export const values: References<CoreValues> = references<CoreValues>('Values', CoreValues, definitions);
