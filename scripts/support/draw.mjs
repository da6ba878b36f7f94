/**
 * What a suite in half takes. The digits of the commit decide, so that a run says the same twice and the next commits take
 * the other half: CI_SEED, or those of HEAD.
 */
import { execFileSync } from 'node:child_process';

/** The digits. */
export const digits = () =>
  (process.env.CI_SEED ?? execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' })).slice(0, 8);

/** A number of the commit. */
const seed = () => Number.parseInt(digits(), 16);

/**
 * Every second item of a list, beginning with the first or the second.
 * @template T
 * @param {readonly T[]} list
 * @returns {T[]}
 */
export function half(list) {
  const taken = list.filter((_, i) => i % 2 === seed() % 2);
  console.log(`half, by the digits of the commit: ${taken.length} of ${list.length}`);
  return taken;
}

/**
 * One item of a list; not by the digit that `half` goes by, so that each meets both halves.
 * @template T
 * @param {readonly T[]} list
 * @returns {T | undefined}
 */
export const one = (list) => list[Math.floor(seed() / 2) % list.length];

/**
 * Takes options off the command line.
 * @param {...string} options
 * @returns {Record<string, boolean>} whether each was there
 */
export function taken(...options) {
  const found = Object.fromEntries(options.map((option) => [option, process.argv.includes(option)]));
  process.argv = process.argv.filter((arg) => !options.includes(arg));
  return found;
}
