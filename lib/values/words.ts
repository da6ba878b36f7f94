import { PROSE } from './configuration';

/** What patterns of this platform ask for: after "must be". */
export const words: ReadonlyMap<string, string> = new Map([
  [PROSE, 'a line of text, without $ and control characters'],
  ['^0\\.[0-9]{1,3}$', 'a share between 0 and 1, in quotes, such as "0.90"'],
]);
