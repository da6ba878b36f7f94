import type { TProperties } from '@sinclair/typebox';
import type { ServiceRecord } from '../../platform/model';
import { isJsonObject } from '../../engine';
import { every } from './every';
import type { Facet } from './facet';
import { facets, type ValuesOf } from './facets';

/** The facets as what they have in common: each is asked only for records that have it. */
const all: readonly Facet<ServiceRecord, TProperties>[] = Object.values(facets);

/** What the chart starts with for a service: the sum of what its facets bring. */
export function defaultsOf<R extends ServiceRecord>(record: R): ValuesOf<R> {
  const brought = all.filter((facet) => facet.has(record)).map((facet) => facet.defaults(record));
  // The type is the sum of the same facets, by the same facts of the record.
  return brought.reduce(joined, every.defaults(record)) as ValuesOf<R>;
}

type Members = Readonly<Record<string, unknown>>;

/** A member that two facets bring has the members of both. */
function joined(former: Members, latter: Members): Members {
  const members = Object.entries(latter).map(([key, member]): [string, unknown] => {
    const known = former[key];
    return [key, isJsonObject(known) && isJsonObject(member) ? { ...known, ...member } : member];
  });
  return { ...former, ...Object.fromEntries(members) };
}
