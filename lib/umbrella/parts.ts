import { parts } from '../parts';
import type { PlatformPart } from '../parts/part';

/** All parts, in the type that has every optional member. */
export const everyPart: readonly PlatformPart[] = parts;

/** The peers that parts answer. */
export const ends = everyPart.flatMap((part) => part.ends?.(part.own) ?? []);
