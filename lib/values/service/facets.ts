import type { Static, TObject, TProperties } from '@sinclair/typebox';
import type { ServiceRecord } from '../../platform/model';
import { every } from './every';
import { exposure } from './exposure';
import type { Facet } from './facet';
import { gpu, maybeGpu } from './gpu';
import { minAvailable } from './min-available';
import { vllm } from './vllm';

/** What some services have and others do not, in the order of the values. */
export const facets = { minAvailable, exposure, gpu, maybeGpu, vllm };

export type FacetName = keyof typeof facets;

// `facets` has these keys and no others.
export const FACET_NAMES = Object.keys(facets) as FacetName[];

/** The facets of a record. */
export function facetsOf(record: ServiceRecord): FacetName[] {
  return FACET_NAMES.filter((name) => facets[name].has(record));
}

/** A record that has a facet. */
type RecordWith<F extends FacetName> = (typeof facets)[F] extends Facet<infer R, TProperties> ? R : never;

/** Values that come from a facet. */
type Brought<F extends FacetName> = Static<TObject<(typeof facets)[F]['schema']>>;

/** `A | B` → `A & B`: what takes either takes only what is both. */
type Sum<T> = (T extends unknown ? (member: T) => void : never) extends (sum: infer S) => void ? S : never;

/** Values that every service has. */
export type ServiceValues = Static<TObject<typeof every.schema>>;

/** The values of a service with a given record. The brackets: a union of records has what each of them has. */
export type ValuesOf<R extends ServiceRecord> = ServiceValues &
  Sum<{ [F in FacetName]: [R] extends [RecordWith<F>] ? Brought<F> : never }[FacetName]>;

/** The values that a service with a facet has at least. */
export type ValuesWith<F extends FacetName> = ValuesOf<RecordWith<F>>;
