import { line } from '../engine';

/** Printable ASCII without `$`: an address may stand in config.yaml, where `${` is a placeholder. */
export const URL_PATTERN = '^$|^[a-z][a-z0-9+.-]*://[!-#%-~]+$';

/** An address with a scheme, or nothing. */
export function url(description: string, example: string): ReturnType<typeof line> {
  return line(description, { pattern: URL_PATTERN, maxLength: 2048, examples: [example] });
}
