import type { PlatformPart } from './part';

/** What the platform has besides its core: a part is a folder here, and one line. Their order is that of values and chart. */
export const parts = [] as const satisfies readonly PlatformPart[];
