import type { ServiceRecord } from '../../platform/model';
import { closed, integer } from '../../engine';
import { defineFacet } from './facet';

/** A number of pods that a drain leaves. */
export const minAvailable = defineFacet({
  has: (record): record is ServiceRecord & { readonly minAvailable: number } =>
    record.minAvailable !== undefined,
  schema: {
    disruptionBudget: closed({
      minAvailable: integer(
        'Pods that must stay, where the least number of pods is larger; otherwise maxUnavailable counts',
        1,
        1000,
      ),
    }),
  },
  defaults: (record) => ({ disruptionBudget: { minAvailable: record.minAvailable } }),
});
