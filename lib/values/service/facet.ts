import type { Static, TObject, TProperties } from '@sinclair/typebox';
import type { ServiceRecord } from '../../platform/model';

/** What some records say, and the values that a service has because of it. */
export interface Facet<R extends ServiceRecord, P extends TProperties> {
  /** Whether a record says it. */
  has(record: ServiceRecord): record is R;
  /** Members of the values. They join those that a member of this name has from other facets. */
  readonly schema: P;
  /** What the chart starts with, for a record that says it. */
  defaults(record: R): Static<TObject<P>>;
}

/** The identity: keeps as types which records have the facet, and which values it brings. */
export function defineFacet<R extends ServiceRecord, P extends TProperties>(facet: Facet<R, P>): Facet<R, P> {
  return facet;
}
