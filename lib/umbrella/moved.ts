import type { Moved } from '../engine';

/** Values that stand elsewhere now. Each old key is refused with the new one, until version 1.0.0. */
export const moved: readonly Moved[] = [];
