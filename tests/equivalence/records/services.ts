/** Stands in for lib/platform/services in the bundle that proves drawn records (`scripts/prove.mjs`): ours, and those. */
import type { ServiceRecord } from '../../../lib/platform/model';
import { services as ours } from '../../../lib/platform/services';
import { combinations, drawnRecords } from '.';

/** Each sum of facets once, as a larger chart only takes longer; what changes no values goes round. */
const each = combinations.filter((_, i) => i % 4 === Math.floor(i / 4) % 4);

export * from '../../../lib/platform/services';

export const services: readonly ServiceRecord[] = [
  ...ours,
  ...drawnRecords(each, Number(process.env['RECORDS_SEED'])),
];

export function allServices(): readonly ServiceRecord[] {
  return services;
}
