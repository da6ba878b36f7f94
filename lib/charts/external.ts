import type { Value } from '../engine';
import type { ExternalSetting } from '../platform/peers';
import { values } from './values';

/** A value under `external`. */
export function externalValue({ path }: ExternalSetting): Value<string> {
  // The schema has a text for each row of the table of peers: the type of a path that is data is not known.
  return path.reduce<unknown>(
    (group, key) => (group as Readonly<Record<string, unknown>>)[key],
    values.external,
  ) as Value<string>;
}
