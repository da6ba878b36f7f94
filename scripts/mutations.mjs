// Breaks the printer on purpose, one trap at a time, and sees that the proof finds it: `npm run test:mutations`.
// With words on the command line, only the mutations whose names hold one of them; with --half, half of them, as the digits
// of the commit say; with --short, only those that a directed document shows. All have to apply in any case.
import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { half, taken } from './support/draw.mjs';
import { replaceOnce } from './support/replace-once.cjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
process.chdir(ROOT);
const OUT = 'build/mutations';
const run = promisify(execFile);
/** @satisfies {import('esbuild').BuildOptions} */
const NODE = { bundle: true, platform: 'node', target: 'node20', packages: 'external', logLevel: 'silent' };
/** What the tests of `tests/unit/equivalence` need, in a copy. */
const COPIED = [
  'lib',
  'imports',
  'values',
  'tests/support',
  'tests/unit/equivalence',
  'tests/equivalence',
  'package.json',
  'jest.config.js',
  'tsconfig.json',
];
/** The exit code of the focused proof that found a difference. */
const SEEN = 3;

/**
 * @typedef {import('../tests/equivalence/mutations/mutation.js').Mutation} Mutation
 * @typedef {{ seen: boolean, how: string }} Sight
 */

/**
 * The mutated text of each file; a text that is not there exactly once means that the mutation is out of date.
 * @param {Mutation['patches']} patches
 */
function patched(patches) {
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const { file, replace, by } of patches)
    texts.set(file, replaceOnce(texts.get(file) ?? readFileSync(file, 'utf8'), { replace, by }, file));
  return texts;
}

/**
 * Bundles the focused proof with the mutated files and runs it.
 * @param {Mutation} mutation
 * @param {number} number
 * @returns {Promise<Sight>}
 */
async function bySight({ name, patches }, number) {
  const texts = new Map([...patched(patches)].map(([file, text]) => [resolve(file), text]));
  const outfile = `${OUT}/${number}.js`;
  /** @type {import('esbuild').Plugin} */
  const mutate = {
    name: 'mutate',
    setup: (bundler) =>
      bundler.onLoad({ filter: /\.ts$/ }, ({ path }) =>
        texts.has(path) ? { contents: texts.get(path), loader: 'ts' } : undefined,
      ),
  };
  await build({
    ...NODE,
    entryPoints: ['tests/equivalence/mutations/focused.ts'],
    outfile,
    plugins: [mutate],
  });
  const { code, output } = await finished(process.execPath, [outfile, name]);
  if (code !== SEEN && code !== 0) throw new Error(`does not run: ${output}`);
  return { seen: code === SEEN, how: output.trim().split('\n')[0] ?? '' };
}

/**
 * Runs tests of `tests/unit/equivalence` in a copy that holds the mutated files.
 * @param {Mutation['patches']} patches
 * @param {string} seenBy
 * @returns {Promise<Sight>}
 */
async function byTests(patches, seenBy) {
  const copy = mkdtempSync(join(tmpdir(), 'mutation-'));
  try {
    for (const path of COPIED) cpSync(path, join(copy, path), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    for (const [file, text] of patched(patches)) writeFileSync(join(copy, file), text);
    const jest = join(copy, 'node_modules/jest/bin/jest.js');
    const { code, output } = await finished(
      process.execPath,
      [jest, '--ci', '--rootDir', copy, `unit/equivalence/${seenBy}`],
      copy,
    );
    const failure = /^ {2}● (?!Test suite)(.+)$/m.exec(output)?.[1];
    if (code !== 0 && failure === undefined) throw new Error(`does not run: ${output}`);
    return { seen: code !== 0, how: `${seenBy}: ${failure ?? 'all tests pass'}` };
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/**
 * @param {string} program
 * @param {string[]} args
 */
async function finished(program, args, cwd = ROOT) {
  try {
    const { stdout, stderr } = await run(program, args, { cwd, maxBuffer: 64 << 20 });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    // What execFile throws when a program ends with another code than 0.
    const { code, stdout, stderr } = /** @type {{ code: unknown, stdout: string, stderr: string }} */ (error);
    if (typeof code !== 'number') throw error;
    return { code, output: stdout + stderr };
  }
}

/**
 * @param {Mutation} mutation
 * @param {number} number
 */
async function attempt(mutation, number) {
  try {
    const { patches, seenBy } = mutation;
    const { seen, how } = await (typeof seenBy === 'object' || seenBy === 'trees' || seenBy === 'charts'
      ? bySight(mutation, number)
      : byTests(patches, seenBy));
    return { mutation, fine: seen, text: seen ? how : `SURVIVED: ${how}` };
  } catch (error) {
    return {
      mutation,
      fine: false,
      text: `BROKEN: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

/** @returns {Promise<readonly Mutation[]>} */
async function loadMutations() {
  const outfile = `${OUT}/index.cjs`;
  await build({ ...NODE, entryPoints: ['tests/equivalence/mutations/index.ts'], outfile });
  /** @type {unknown} */
  const bundled = createRequire(import.meta.url)(resolve(outfile));
  // What is bundled above.
  return /** @type {typeof import('../tests/equivalence/mutations/index.js')} */ (bundled).mutations;
}

if (!existsSync('.tools/prover/prover')) {
  mkdirSync(dirname('.tools/prover'), { recursive: true });
  await run('bash', ['tests/equivalence/prover/build', '.tools/prover'], { maxBuffer: 64 << 20 });
}
const options = taken('--half', '--short');
const words = process.argv.slice(2);
/** @param {Mutation} mutation */
const isWanted = ({ name, seenBy }) =>
  (words.length === 0 || words.some((word) => name.includes(word))) &&
  (!options['--short'] || typeof seenBy === 'object');
const all = await loadMutations();
for (const { patches } of all) patched(patches);
const chosen = all.filter(isWanted);
const wanted = options['--half'] ? half(chosen) : chosen;
const start = Date.now();
/** @type {Awaited<ReturnType<typeof attempt>>[]} */
const results = [];
const queue = [...wanted.entries()];
// Two at a time, one for each core of a small machine.
await Promise.all(
  [1, 2].map(async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [number, mutation] = next;
      const result = await attempt(mutation, number);
      results.push(result);
      console.log(
        `${result.fine ? 'seen ' : 'FAILED'} ${result.mutation.name}\n       ${result.text.slice(0, result.fine ? 160 : 2000)}`,
      );
    }
  }),
);
const failed = results.filter(({ fine }) => !fine);
console.log(
  `${results.length - failed.length} of ${results.length} mutations seen in ${Math.round((Date.now() - start) / 1000)} s`,
);
for (const { mutation, text } of failed) console.error(`FAILED ${mutation.name}: ${text.slice(0, 300)}`);
if (failed.length > 0 || results.length === 0) process.exitCode = 1;
