/**
 * Damages the charts in a copy, one mutation at a time, and runs the file of their tests that has to fail.
 *
 *   node scripts/chart-mutations.mjs [part of a mutation's name]…
 *   node scripts/chart-mutations.mjs --half    half of them; the digits of the commit say which
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { half, taken } from './support/draw.mjs';
import { replaceOnce } from './support/replace-once.cjs';
import { mutations } from '../tests/mutations/mutations.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COPIED = [
  'lib',
  'imports',
  'values',
  'package.json',
  'tsconfig.json',
  'jest.config.js',
  'tests/support',
  'tests/unit/charts',
];
/** Two mutations at a time, each in a process of its own: the charts of one are not those of another. */
const AT_ONCE = 2;

const halved = taken('--half')['--half'];
const wanted = process.argv.slice(2);
const named = mutations.filter(
  ({ what }) => wanted.length === 0 || wanted.some((part) => what.includes(part)),
);
const chosen = halved ? half(named) : named;

const workshop = mkdtempSync(join(tmpdir(), 'chart-mutations-'));
process.on('exit', () => rmSync(workshop, { recursive: true, force: true }));

/** @typedef {import('../tests/mutations/mutations.mjs').Mutation} Mutation */

/**
 * A copy of what the tests need; its dependencies are the project's.
 * @param {string} name
 */
function copyProject(name) {
  const copy = join(workshop, name);
  for (const path of COPIED)
    cpSync(join(ROOT, path), join(copy, path), { recursive: true, errorOnExist: false, force: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/**
 * Replaces a text that stands there exactly once; gives a function that puts it back.
 * @param {string} copy
 * @param {Mutation} mutation
 */
function damage(copy, { what, file, replace, by }) {
  const path = join(copy, file);
  const before = readFileSync(path, 'utf8');
  writeFileSync(path, replaceOnce(before, { replace, by }, `${file} ("${what}")`));
  return () => writeFileSync(path, before);
}

/**
 * Runs some files of tests in a copy, and gives the name of a test that failed.
 * @param {string} copy
 * @param {string[]} files
 * @returns {Promise<{ passed: boolean, failure: string | undefined }>}
 */
function runTests(copy, files) {
  const jest = join(copy, 'node_modules/jest/bin/jest.js');
  const paths = files.map((name) => `tests/unit/charts/${name}.test.ts`);
  const args = [jest, '--ci', '--silent', '--runInBand', '--runTestsByPath', ...paths];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: copy, stdio: ['ignore', 'ignore', 'pipe'] });
    let report = '';
    child.stderr.on('data', (chunk) => (report += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({ passed: code === 0, failure: /^ {2}● (?!Test suite)(.+)$/m.exec(report)?.[1] }),
    );
  });
}

/** @type {string[]} */
const problems = [];

/**
 * @param {string} copy
 * @param {Mutation[]} queue
 */
async function work(copy, queue) {
  for (let mutation = queue.shift(); mutation !== undefined; mutation = queue.shift()) {
    const repair = damage(copy, mutation);
    const started = Date.now();
    const { passed, failure } = await runTests(copy, [mutation.seenBy]);
    repair();
    // A program that does not even load says nothing about the tests.
    const verdict = passed ? 'SURVIVED' : failure === undefined ? 'BROKEN' : 'caught';
    if (verdict !== 'caught') problems.push(`${verdict}: ${mutation.what} (${mutation.file})`);
    console.log(
      `${verdict.padEnd(8)} ${mutation.what} (${((Date.now() - started) / 1000).toFixed(1)} s)${passed ? '' : `: ${failure ?? 'no test failed'}`}`,
    );
  }
}

const first = copyProject('0');
const copies = [first, ...Array.from({ length: AT_ONCE - 1 }, (_, i) => copyProject(String(i + 1)))];
// Every mutation applies, or none is tried.
for (const mutation of mutations) damage(first, mutation)();
const sound = await runTests(first, [...new Set(chosen.map(({ seenBy }) => seenBy))]);
if (!sound.passed) {
  console.error(`the tests fail without any damage: ${sound.failure ?? 'they do not load'}`);
  process.exit(1);
}
const queue = [...chosen];
await Promise.all(copies.map((copy) => work(copy, queue)));
for (const problem of problems) console.error(problem);
console.log(`${chosen.length - problems.length} of ${chosen.length} mutations were caught`);
process.exitCode = problems.length === 0 && chosen.length > 0 ? 0 : 1;
