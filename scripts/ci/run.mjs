/**
 * Runs the suites of the plan: `.ci/run` calls it, with what comes before them. Each has a log in dist/ci-logs. Ends
 * non-zero when one failed; the last line counts them.
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { planOf, setUp, summaryOf, textOf } from './plan.mjs';
import { commandOf, next } from './schedule.mjs';

/** @typedef {import('./schedule.mjs').Chosen} Chosen */
/** @typedef {{ name: string, seconds?: number, passed: boolean }} Result */

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);
const LOGS = 'dist/ci-logs';
/** Lines of a failed suite's log: where it ends, and once more at the end of all, which is what many see alone. */
const LINES = 80;
const LAST_LINES = 30;

const start = Date.now();
/** @type {Result[]} */
const results = [];
/** @type {Map<string, import('node:child_process').ChildProcess>} */
const running = new Map();
// Not the literal: a signal sets it.
let interrupted = /** @type {boolean} */ (false);

const since = (/** @type {number} */ time) => Math.round((Date.now() - time) / 1000);
const logOf = (/** @type {string} */ name) => join(LOGS, `${name}.log`);

/** @param {string} name @param {number} count */
function lastLines(name, count) {
  const lines = readFileSync(logOf(name), 'utf8').trimEnd().split('\n').slice(-count);
  return lines.map((line) => `    ${line.slice(0, 300)}\n`).join('');
}

/**
 * Runs a command with a log of its own; never throws.
 * @param {string} name
 * @param {string} command
 * @param {Record<string, string>} [env]
 * @returns {Promise<boolean>}
 */
function runSuite(name, command, env = {}) {
  const begin = Date.now();
  const log = openSync(logOf(name), 'w');
  return new Promise((resolve) => {
    // A group of its own, so that whatever it starts ends with it.
    const child = spawn('bash', ['-euo', 'pipefail', '-c', command], {
      detached: true,
      env: { ...process.env, ...env },
      stdio: ['ignore', log, log],
    });
    running.set(name, child);
    child.on('error', (error) => console.error(error.message));
    child.on('close', (code, signal) => {
      closeSync(log);
      running.delete(name);
      const seconds = since(begin);
      const passed = code === 0;
      results.push({ name, seconds, passed });
      const told = `${name.padEnd(20)} ${String(seconds).padStart(5)} s`;
      if (passed) console.log(`ok     ${told}`);
      else
        console.log(
          `FAILED ${told}, ${signal ?? `exit ${code}`}; the end of ${logOf(name)}:\n${lastLines(name, LINES)}`,
        );
      resolve(passed);
    });
  });
}

/** @param {Chosen[]} chosen @param {Record<string, string>} env */
async function runSuites(chosen, env) {
  const waiting = [...chosen];
  /** @type {Map<Chosen, Promise<unknown>>} */
  const begun = new Map();
  while (waiting.length > 0 || begun.size > 0) {
    for (;;) {
      const one = interrupted ? undefined : next(waiting, [...begun.keys()]);
      if (one === undefined) break;
      waiting.splice(waiting.indexOf(one), 1);
      begun.set(
        one,
        runSuite(one.suite.name, commandOf(one), env).then(() => begun.delete(one)),
      );
    }
    if (begun.size === 0) break;
    await Promise.race(begun.values());
  }
  for (const { suite } of waiting) results.push({ name: suite.name, passed: false });
}

/** The table, what failed once more, and the count. */
function report() {
  console.log(`\n${'part'.padEnd(20)} ${'seconds'.padStart(8)}`);
  for (const { name, seconds, passed } of results)
    console.log(`${name.padEnd(20)} ${String(seconds ?? '?').padStart(8)}  ${passed ? 'ok' : 'FAILED'}`);
  console.log(`${'all'.padEnd(20)} ${String(since(start)).padStart(8)}\n`);
  const failed = results.filter(({ passed }) => !passed);
  for (const { name, seconds } of failed)
    console.log(`FAILED ${name}:\n${seconds === undefined ? '    not run\n' : lastLines(name, LAST_LINES)}`);
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
  process.exitCode = failed.length > 0 || results.length === 0 ? 1 : 0;
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => {
    interrupted = true;
    // The group is that of the child, by its number.
    for (const { pid } of running.values()) if (pid !== undefined) process.kill(-pid, signal);
  });

rmSync(LOGS, { recursive: true, force: true });
mkdirSync(LOGS, { recursive: true });
const first = process.argv.slice(2);
const plan = await planOf(root, process.env);
console.log(textOf(summaryOf(plan, first, root)));
let usable = true;
for (const { name, command } of setUp(first)) {
  const passed = !interrupted && (await runSuite(name, command));
  // Without the packages and the program nothing else says anything; a failed unit test says enough by itself.
  if (!passed && name !== 'unit-tests') usable = false;
  if (!usable) break;
}
if (usable) await runSuites(plan.chosen, { CI_BASE: plan.base ?? '', CI_SEED: plan.seed });
else for (const { suite } of plan.chosen) results.push({ name: suite.name, passed: false });
report();
