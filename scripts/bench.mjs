/**
 * `npm run bench`: how long `medkg build` takes beside `cdk8s synth` of one environment, where its time goes, and how it
 * grows from 110 to 1,100 services (--large 440: to fewer). docs/performance.md has the figures. Exit code 1 when a target is
 * missed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildPhases, buildProgram } from './build.mjs';
import { generatedServices } from './generated-services.mjs';
import { parseJson } from './support/json.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '7' },
    'large-runs': { type: 'string', default: '3' },
    large: { type: 'string', default: '1100' },
  },
});

const SMALL = 110;
const LARGE = Number(options.large);
const large = `${LARGE.toLocaleString('en')} services`;

/** What has to hold. Seconds are compared on a quiet machine only; ratios always. Time may grow a fifth faster than services. */
const TARGETS = { seconds: 1, toCdk8s: 1, growth: (1.2 * LARGE) / SMALL };

const workplace = mkdtempSync(join(tmpdir(), 'medkg-bench-'));
try {
  process.exitCode = await bench();
} finally {
  rmSync(workplace, { recursive: true, force: true });
}

async function bench() {
  const [load = 0] = loadavg();
  const isQuiet = load < availableParallelism() / 4;
  console.log(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} threads, Node ${process.version}, load average ${load.toFixed(2)}`,
  );
  const real = await folder('real', []);
  const [bundling = [], build = [], synth = []] = alternating(Number(options.runs), [
    () => timed(process.execPath, ['scripts/build.mjs'], root),
    () => medkg(real),
    () => cdk8s(real),
  ]);
  const small = await folder('small', [generatedServices(SMALL)]);
  const big = await folder('large', [generatedServices(LARGE)]);
  const [few = [], many = []] = alternating(Number(options['large-runs']), [
    () => medkg(small),
    () => medkg(big),
  ]);
  console.log(`
                                   median   fastest
npm run synth's bundling         ${seconds(bundling)}
medkg build, everything          ${seconds(build)}
cdk8s synth, one environment     ${seconds(synth)}
medkg build, 110 services        ${seconds(few)}
${`medkg build, ${large}`.padEnd(33)}${seconds(many)}

milliseconds                       load  describe  validate  evaluate     print      pack
${split('the platform', real)}
${split('110 services', small)}
${split(large, big)}
`);
  return [
    verdict('medkg build, in seconds', median(build), TARGETS.seconds, isQuiet),
    verdict('medkg build to cdk8s synth', median(build) / median(synth), TARGETS.toCdk8s, true),
    verdict(`${large} to ${SMALL}`, Math.min(...many) / Math.min(...few), TARGETS.growth, true),
  ].includes(false)
    ? 1
    : 0;
}

/**
 * A folder like a checkout, with a program of its own.
 * @param {string} name
 * @param {import('esbuild').Plugin[]} plugins
 */
async function folder(name, plugins) {
  const path = join(workplace, name);
  mkdirSync(path);
  for (const part of ['values', 'cdk8s.yaml', 'package.json'])
    cpSync(join(root, part), join(path, part), { recursive: true });
  await buildProgram({ folder: join(path, 'build'), plugins });
  await buildPhases({ file: join(path, 'build/phases.js'), plugins });
  return path;
}

/** @param {string} cwd */
function medkg(cwd) {
  return timed(process.execPath, [join(cwd, 'build/medkg.js'), 'build'], cwd);
}

/**
 * Without npm's start, and without asking a registry for a newer version of itself.
 * @param {string} cwd
 */
function cdk8s(cwd) {
  return timed(join(root, 'node_modules/.bin/cdk8s'), ['synth', '--check-upgrade=false'], cwd, {
    MEDKG_ENV: 'prod',
  });
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 * @param {Record<string, string>} [env]
 */
function timed(program, args, cwd, env = {}) {
  const start = performance.now();
  const { status, stderr, error } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
  return (performance.now() - start) / 1000;
}

/**
 * Takes turns, so that whatever else the machine does hits all alike; the first round warms the caches.
 * @param {number} runs
 * @param {(() => number)[]} tasks
 * @returns {number[][]} what each took
 */
function alternating(runs, tasks) {
  const measured = tasks.map((task) => ({ task, times: /** @type {number[]} */ ([]) }));
  for (let run = 0; run <= runs; run++) {
    for (const { task, times } of measured) {
      const time = task();
      if (run > 0) times.push(time);
    }
  }
  return measured.map(({ times }) => times);
}

/** @param {number[]} times */
function median(times) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}

/** @param {number[]} times */
function seconds(times) {
  return `${median(times).toFixed(2).padStart(6)} s${Math.min(...times)
    .toFixed(2)
    .padStart(8)} s`;
}

/**
 * @param {string} name
 * @param {string} cwd
 */
function split(name, cwd) {
  const { stdout, status, stderr } = spawnSync(process.execPath, [join(cwd, 'build/phases.js')], {
    cwd,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  // As scripts/phases.ts writes it.
  const phases = /** @type {Record<string, number>} */ (parseJson(stdout));
  const columns = ['load', 'describe', 'validate', 'evaluate', 'print', 'pack'].map((phase) =>
    (phases[phase] ?? NaN).toFixed(0).padStart(10),
  );
  return `${name.padEnd(29)}${columns.join('')}`;
}

/**
 * @param {string} what
 * @param {number} figure
 * @param {number} target
 * @param {boolean} counts whether it is to fail
 */
function verdict(what, figure, target, counts) {
  const holds = figure <= target;
  console.log(
    `${holds ? 'holds ' : counts ? 'MISSED' : 'missed, but the machine is busy:'} ${what}: ${figure.toFixed(2)} (at most ${target})`,
  );
  return holds || !counts;
}
