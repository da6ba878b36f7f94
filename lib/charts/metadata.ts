import { type Value, spreadMap } from '../engine';
import { labelsOf, merged } from './helpers/labels';
import { nameOf } from './helpers/names';
import type { ServiceScope } from './scope';
import { values } from './values';

/** Metadata of an object of the platform as a whole, or of a component that is no service. */
export function platformMetadata(
  component: string,
  ...part: readonly string[]
): { name: Value<string>; labels: Record<string, Value<string>> } {
  return {
    name: nameOf(component, ...part),
    labels: { ...labelsOf(component), ...spreadMap(values.defaults.labels) },
  };
}

/** Metadata of an object of a service; every object has its labels, and those that the operator adds. */
export function serviceMetadata(
  { record, values: own }: ServiceScope,
  ...part: readonly string[]
): { name: Value<string>; labels: Record<string, Value<string>> } {
  return {
    name: nameOf(record.name, ...part),
    labels: { ...labelsOf(record.name), ...spreadMap(merged(values.defaults.labels, own.labels)) },
  };
}
