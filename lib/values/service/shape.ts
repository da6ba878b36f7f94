import { TypeGuard, type TSchema } from '@sinclair/typebox';
import { valuesKey, type ServiceRecord } from '../../platform/model';
import { services } from '../../platform/services';
import { closed, shared } from '../../engine';
import { every } from './every';
import { FACET_NAMES, facets, facetsOf, type FacetName } from './facets';

/** Names from before they followed from the facets: whoever reads the schema may know them. */
const OLDER_NAMES: Readonly<Record<string, string>> = {
  minAvailableExposureService: 'exposedService',
  gpuVllmService: 'vllmService',
};

/** The shape of what every service has. */
export const everyService = shared('service', closed(every.schema));

/** Made and printed once for all records that have the same facets. */
const shapes = new Map<string, TSchema>([['service', everyService]]);

/** The shape of the values of a service: the sum of its facets. */
export function shapeOf(record: ServiceRecord): TSchema {
  const names = facetsOf(record);
  const name = nameOf(names);
  const shape = shapes.get(name) ?? shared(name, sumOf(names));
  shapes.set(name, shape);
  return shape;
}

function nameOf(names: readonly FacetName[]): string {
  const name = valuesKey([...names, 'service'].join('-'));
  return OLDER_NAMES[name] ?? name;
}

function sumOf(names: readonly FacetName[]): TSchema {
  const members: Record<string, TSchema> = { ...every.schema };
  for (const name of names)
    for (const [key, member] of Object.entries<TSchema>(facets[name].schema))
      members[key] = joined(members[key], member);
  return closed(members);
}

/** A member that two facets have has the members of both. */
function joined(former: TSchema | undefined, latter: TSchema): TSchema {
  return TypeGuard.IsObject(former) && TypeGuard.IsObject(latter)
    ? closed({ ...former.properties, ...latter.properties })
    : latter;
}

/** In the order of the facets, so that another order of the services prints the same. */
function rank(record: ServiceRecord): number {
  return facetsOf(record).reduce((sum, name) => sum + 2 ** FACET_NAMES.indexOf(name), 0);
}

[...services].sort((one, other) => rank(one) - rank(other)).forEach(shapeOf);
