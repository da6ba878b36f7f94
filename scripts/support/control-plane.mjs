/** What the scripts share that run tests on a control plane: its programs, the chart, jest, and an end in any case. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);

/** What the builds of ../shared put into one folder. */
const PROGRAMS = {
  'control-plane': ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl', 'kwok'],
  'real-node': [
    ...['kubelet', 'kube-proxy', 'containerd', 'containerd-shim-runc-v2', 'ctr', 'forward', 'stub'],
    ...['host-local', 'loopback', 'ptp', 'pause.tar', 'coredns.tar', 'stub.tar'],
  ],
};

/**
 * @typedef {keyof typeof PROGRAMS} Build a folder of ../shared that builds programs, starts and stops them
 * @typedef {(build: Build, programs: string, state: string, ...args: string[]) => Promise<void>} Start
 * @typedef {Record<string, string>} Environment
 */

/**
 * A script of ../shared.
 * @param {Build} build
 * @param {string} name
 */
export const script = (build, name) => join(root, '../shared', build, name);

/**
 * The folder with the programs: the one of KUBEBUILDER_ASSETS, or, in CI, one that is built first.
 * @param {Build[]} builds
 * @param {string} otherwise what to set where there is neither
 */
export async function assets(builds, otherwise) {
  const given = process.env.KUBEBUILDER_ASSETS;
  if (given !== undefined) {
    const names = builds.flatMap((build) => PROGRAMS[build]);
    const missing = names.filter((name) => !existsSync(join(given, name)));
    if (missing.length > 0) throw new Error(`KUBEBUILDER_ASSETS lacks ${missing.join(', ')}`);
    return given;
  }
  if (process.env.CI === undefined) throw new Error(`set ${otherwise}`);
  const folder = join(homedir(), '.cache/medkg-control-plane');
  for (const build of builds) await run(script(build, 'build'), [folder]);
  return folder;
}

/**
 * Renders the chart under test, so that a stale one is never judged.
 * @param {string} folder
 */
export async function renderChart(folder) {
  const chart = join(folder, 'chart');
  await run(process.execPath, ['scripts/build.mjs']);
  await run(process.execPath, ['build/medkg.js', 'chart', '--out', chart]);
  return chart;
}

/**
 * Renders the manifests of an environment with values files of tests/values.
 * @param {string} folder
 * @param {string} environment
 * @param {string[]} names
 */
export async function renderManifests(folder, environment, ...names) {
  const files = names.flatMap((name) => ['-f', `tests/values/${name}.yaml`]);
  await run(process.execPath, ['scripts/build.mjs']);
  await run(process.execPath, ['build/medkg.js', 'synth', '--env', environment, ...files, '--out', folder]);
  return folder;
}

/** Both Helms, of the versions that we prove against, unless others are given. */
export async function needHelms() {
  if (process.env.HELM3 !== undefined && process.env.HELM4 !== undefined) return;
  await run('bash', ['scripts/ci/tools.sh', 'helm']);
}

const JEST = 'node_modules/jest/bin/jest.js';

/**
 * Runs tests of a configuration; gives the exit code.
 * @param {string} config
 * @param {Environment} env
 */
export async function runTests(config, env, args = process.argv.slice(2)) {
  return (await ended(process.execPath, [JEST, '-c', config, ...args], env)) ?? 1;
}

/**
 * The files with tests that arguments choose of a configuration.
 * @param {string} config
 * @param {string[]} args
 */
export function filesOf(config, args) {
  const list = execFileSync(process.execPath, [JEST, '-c', config, '--listTests', ...args], {
    encoding: 'utf8',
  });
  return list.trim().split('\n').sort();
}

/**
 * Arguments that leave some of the files out.
 * @param {string} config
 * @param {string[]} args
 * @param {string[]} wanted
 */
export function only(config, args, wanted) {
  const others = filesOf(config, args).filter((file) => !wanted.includes(file));
  return others.length === 0 ? args : [...args, '--testPathIgnorePatterns', ...others];
}

/**
 * Runs a program to its end; fails when it does.
 * @param {string} program
 * @param {string[]} args
 * @param {Environment} [env]
 */
export async function run(program, args, env = {}) {
  const code = await ended(program, args, env);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code ?? 'a signal'}`);
}

// A signal ends what runs, and then, by the work that was given up, this program: it still stops what it started.
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let interrupted = false;
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => {
    interrupted = true;
    for (const child of running) child.kill(signal);
  });

/**
 * Runs a program; gives its exit code, or nothing when a signal ended it.
 * @param {string} program
 * @param {string[]} args
 * @param {Environment} env
 * @returns {Promise<number | null>}
 */
export function ended(program, args, env) {
  if (interrupted) throw new Error('interrupted');
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    running.add(child);
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
}

/**
 * Works with a folder of its own; stops, in this order, the builds whose programs run with a state below it.
 * @param {string} name
 * @param {Build[]} stops
 * @param {(folder: string, start: Start) => Promise<number>} work gives the exit code
 */
export async function withState(name, stops, work) {
  const folder = mkdtempSync(join(tmpdir(), name));
  /** @type {string[]} */
  const states = [];
  /** @type {Start} */
  const start = async (build, programs, state, ...args) => {
    states.push(state);
    await run(script(build, 'start'), [programs, state, ...args]);
  };
  try {
    process.exitCode = await work(folder, start);
  } finally {
    for (const build of stops)
      for (const state of new Set(states.filter((path) => existsSync(path)))) {
        const { status } = spawnSync(script(build, 'stop'), [state], { stdio: 'inherit' });
        // The others are to be stopped all the same.
        if (status !== 0) process.exitCode = 1;
      }
    rmSync(folder, { recursive: true, force: true });
  }
}
