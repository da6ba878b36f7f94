import type { ExternalSetting } from '../platform/peers';
import { Reference, valueOf, type Value } from '../engine/template';

/** A value under `external`: the schema has a text for each row of the table of peers. */
export function externalValue({ path }: ExternalSetting): Value<string> {
  return valueOf(new Reference('Values', ['external', ...path], 'string'));
}
