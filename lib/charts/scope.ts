import { valuesKey } from '../platform/model';
import { allServices, type Service, type ServiceName } from '../platform/services';
import type { Alias, References } from '../engine';
import { facets, type FacetName, type ServiceValues, type ValuesWith } from '../values';
import { values } from './values';

/** A service, as the parts of its chart see it: its record and its own values. */
export interface ServiceScope<V extends ServiceValues = ServiceValues> {
  readonly record: Service;
  readonly values: References<V>;
}

/** A service that has a facet. */
export type ScopeWith<F extends FacetName> = ServiceScope<ValuesWith<F>>;

/** Whether a service has a facet: its record says it, and its values have what the facet brings. */
export function has<F extends FacetName>(
  service: ServiceScope,
  facet: F,
): service is ServiceScope & ScopeWith<F> {
  return facets[facet].has(service.record);
}

/** A record together with its values. */
export function scopeOf(record: Service): ServiceScope {
  // Every record has an entry of the common shape, which the type of the schema knows by name only.
  const all = values.services as unknown as Readonly<Record<string, References<ServiceValues>>>;
  return { record, values: all[valuesKey(record.name)] as References<ServiceValues> };
}

/** A service by its name. */
export function serviceScope(name: ServiceName): ServiceScope {
  const record = allServices().find((service) => service.name === name);
  if (record === undefined) throw new Error(`no service ${name}`);
  return scopeOf(record);
}

/** What templates call the values of a service. */
export function serviceAlias(name: ServiceName): Alias {
  return { name: '$service', path: ['services', valuesKey(name)] };
}
