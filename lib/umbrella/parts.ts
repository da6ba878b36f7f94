import { parts } from '../parts';
import type { PlatformPart } from '../parts/part';
import type { JsonObject } from '../engine';

/** All parts, in the type that has every optional member. */
export const everyPart: readonly PlatformPart[] = parts;

/** Values with which each part is looked at: `redis: on`, … */
export const partVariants: readonly (readonly [name: string, values: JsonObject])[] = everyPart.flatMap(
  ({ name, variants }) =>
    Object.entries(variants).map(([variant, values]) => [`${name}: ${variant}`, values] as const),
);

/** The peers that parts answer. */
export const ends = everyPart.flatMap((part) => part.ends?.(part.own) ?? []);
