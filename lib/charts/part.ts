import { Construct } from 'constructs';
import type { References, Condition } from '../template';
import { valuesKey } from '../platform/model';
import { allServices, type Service, type ServiceName } from '../platform/services';
import { facets, type FacetName, type ServiceValues, type ValuesWith } from '../values';
import type { NamedTemplate } from './named-template';
import { values } from './values';

/** What a part of the chart says of itself. */
export interface PartOptions {
  /** The file that makes it, for `medkg explain`. */
  readonly source: string;
  /** The whole part is there only if this holds. */
  readonly when?: Condition;
}

/** A part of the chart: a construct that knows where it is written and when it is there. */
export abstract class Part extends Construct {
  readonly source: string;
  readonly when: Condition | undefined;
  /** One of its objects has parts that are printed as named templates. */
  named?: { readonly file: string; readonly templates: readonly NamedTemplate[] };
  /** Templates that its objects hold as text. */
  texts: readonly NamedTemplate[] = [];
  /** Its object is none of the release: of it, or of the part at the path, the template is made. */
  embedded?: { readonly template: NamedTemplate; readonly path: readonly string[] };

  constructor(scope: Construct, id: string, options: PartOptions) {
    super(scope, id);
    this.source = options.source;
    this.when = options.when;
  }
}

/** A service, as the parts of its chart see it: its record and its own values. */
export interface ServiceScope<V extends ServiceValues = ServiceValues> {
  readonly record: Service;
  readonly values: References<V>;
}

/** A service that has a facet. */
export type ScopeWith<F extends FacetName> = ServiceScope<ValuesWith<F>>;

/** Whether a service has a facet: its record says it, and its values have what the facet brings. */
export function has<F extends FacetName>(service: ServiceScope, facet: F): service is ScopeWith<F> {
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
