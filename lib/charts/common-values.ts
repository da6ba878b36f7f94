import type { Static } from '@sinclair/typebox';
import { chartValues, closed, type References } from '../engine';
import { coreGroups } from '../values';

const CommonValues = closed({
  fullnameOverride: coreGroups.fullnameOverride.schema,
  global: coreGroups.global.schema,
});

/** What every chart of a release has among its values, the platform's and those inside: of whichever it is. */
export const common: References<Static<typeof CommonValues>> = chartValues(undefined, CommonValues);
