import fc from 'fast-check';
import { gpuPools } from '../../../lib/platform/pools';
import type { Special } from '../documents/drawn-values';
import { extraObjects } from '../documents/free-form';

/** Objects that an API server would take, and pools that there are. */
export const special: readonly Special[] = [
  { path: /^extraObjects$/, values: extraObjects() },
  { path: /^services\.\w+\.gpu\.pool$/, values: fc.constantFrom(...gpuPools.map(({ name }) => name), '') },
];
