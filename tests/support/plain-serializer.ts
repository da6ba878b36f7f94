/** For jest: a text in a snapshot as it is, without quotes and escapes, so that a diff reads like the file. */
export const test = (value: unknown): boolean => typeof value === 'string';
export const serialize = (value: string): string => value;
