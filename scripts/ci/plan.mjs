/**
 * Decides which suites run, in which form, and says why. `bash .ci/run --plan` prints it:
 *
 *   CI_FULL=1          everything in full
 *   CI_PART=1/3        a share of it, with what that needs
 *   CI_BASE=COMMIT     compare with this commit and not with origin/main
 *   --json             for a machine
 */
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { baseOf, Changes, headOf } from './changes.mjs';
import { commandOf, secondsOf, secondsTogether, share } from './schedule.mjs';
import { suites } from './suites.mjs';

/** @typedef {import('./schedule.mjs').Chosen} Chosen */
/** @typedef {import('./suites.mjs').Suite} Suite */

/** Entries in one of the 256 folders of a Go cache in which the programs were built. */
const WARM = 60;

/**
 * The suites to run. The one rule of forms stands here.
 * @param {string} root the repository
 * @param {Record<string, string | undefined>} env
 * @param {Suite[]} [rows]
 * @returns {Promise<{ compared: string, base: string | undefined, seed: string, chosen: Chosen[] }>}
 */
export async function planOf(root, env, rows = suites) {
  const everything = env['CI_FULL'] === '1';
  const { base, how } = everything ? { base: undefined, how: 'CI_FULL=1' } : baseOf(root, env);
  const changes = base === undefined ? undefined : new Changes(root, base);
  /** @type {Chosen[]} */
  const all = [];
  for (const suite of rows) all.push({ suite, ...(await formOf(suite, changes, how)) });
  return {
    base,
    // The digits of the commit say what a suite in half takes: another half for another commit.
    seed: headOf(root).slice(0, 8),
    compared: base === undefined ? how : `${base.slice(0, 7)} (${how})`,
    chosen: partOf(all, env['CI_PART']),
  };
}

/**
 * @param {Suite} suite
 * @param {Changes | undefined} changes
 * @param {string} how
 * @returns {Promise<Omit<Chosen, 'suite'>>}
 */
async function formOf(suite, changes, how) {
  if (suite.whole === undefined) return { form: 'full', why: 'always' };
  if (changes === undefined) return { form: 'full', why: how };
  if (await changes.isAnother(suite)) return { form: 'full', why: 'the suite is new, or what it runs' };
  const whole = changes.first(suite.whole);
  if (whole !== undefined) return { form: 'full', why: `${whole} changed` };
  const half = suite.half && changes.first(suite.half);
  if (half !== undefined) return { form: suite.commands.half ? 'half' : 'full', why: `${half} changed` };
  return { form: suite.commands.short ? 'short' : 'full', why: 'nothing that it judges changed' };
}

/**
 * @param {Chosen[]} all
 * @param {string | undefined} part
 */
function partOf(all, part) {
  if (part === undefined) return all;
  const [, number, count] = part.match(/^([1-9])\/([1-9])$/)?.map(Number) ?? [];
  if (number === undefined || count === undefined || number > count)
    throw new Error(`CI_PART is "${part}": it takes N/COUNT, such as 1/3`);
  return share(all, number, count);
}

/** Seconds more on a machine on which nothing was built: nothing where .tools or Go's cache has it. */
function coldSeconds(/** @type {Chosen[]} */ chosen, /** @type {string} */ root) {
  const built = existsSync(join(root, '.tools/control-plane/kube-apiserver'));
  const cache = join(process.env['GOCACHE'] ?? join(homedir(), '.cache/go-build'), '00');
  const warm = existsSync(cache) && readdirSync(cache).length >= WARM;
  const seconds = chosen.reduce((sum, { suite }) => sum + (suite.seconds.cold ?? 0), 0);
  return { seconds, cold: !built && !warm };
}

/** @param {number} seconds */
const minutes = (seconds) => (seconds / 60).toFixed(1);

/**
 * What runs before the suites, each as "NAME SECONDS COMMAND".
 * @param {string[]} rows
 */
export function setUp(rows) {
  return rows.map((row) => {
    const [, name, seconds, command] = row.match(/^(\S+) (\d+) (.+)$/) ?? [];
    if (name === undefined || command === undefined) throw new Error(`not NAME SECONDS COMMAND: ${row}`);
    return { name, seconds: Number(seconds), command };
  });
}

/**
 * @param {Awaited<ReturnType<typeof planOf>>} plan
 * @param {string[]} first
 * @param {string} root
 */
export function summaryOf({ compared, chosen }, first, root) {
  const begin = setUp(first);
  const cold = coldSeconds(chosen, root);
  const seconds = begin.reduce((sum, each) => sum + each.seconds, 0) + secondsTogether(chosen);
  return {
    compared,
    seconds,
    cold: cold.seconds,
    isCold: cold.cold,
    suites: [
      ...begin.map(({ name, seconds: own, command }) => ({
        name,
        form: 'full',
        seconds: own,
        why: 'always',
        command,
      })),
      ...chosen.map((each) => ({
        name: each.suite.name,
        form: each.form,
        seconds: secondsOf(each),
        why: each.why,
        command: commandOf(each),
      })),
    ],
  };
}

/** @param {ReturnType<typeof summaryOf>} summary */
export function textOf({ compared, seconds, cold, isCold, suites: rows }) {
  const lines = rows.map(
    ({ name, form, seconds: own, why }) =>
      `${name.padEnd(20)} ${form.padEnd(6)} ${minutes(own).padStart(5)} min  ${why}`,
  );
  const more = `a machine on which nothing was built takes up to ${minutes(cold)} min more; this one ${isCold ? 'is such a machine' : 'is none'}`;
  return [
    `compared with: ${compared}`,
    ...lines,
    `${'all'.padEnd(20)} ${''.padEnd(6)} ${minutes(seconds).padStart(5)} min  on two cores; ${more}`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const args = process.argv.slice(2);
  const json = args.includes('--json');
  const unknown = args.filter((arg) => arg.startsWith('-') && arg !== '--json');
  if (unknown.length > 0) {
    console.error(`unknown option ${unknown.join(' ')}; bash .ci/run --plan [--json]`);
    process.exit(2);
  }
  const first = args.filter((arg) => !arg.startsWith('-'));
  const summary = summaryOf(await planOf(root, process.env), first, root);
  process.stdout.write(json ? `${JSON.stringify(summary, null, 2)}\n` : textOf(summary));
}
