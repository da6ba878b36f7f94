/** Starts real nodes, where a machine has what they need. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { assets, run, script } from './control-plane.mjs';

/** The fewest of which one can be lost. */
const NODES = 2;
/**
 * What they are made of.
 * @type {import('./control-plane.mjs').Build[]}
 */
export const BUILDS = ['control-plane', 'real-node'];

/** @typedef {[what: string, holds: () => boolean]} Need */

/**
 * @param {string} program
 * @param {string[]} args
 */
const works = (program, ...args) => spawnSync(program, args).status === 0;

/**
 * @param {string} program
 * @param {string[]} args
 */
function output(program, ...args) {
  // The types do not know that a program that is not there says null.
  const { stdout } = /** @type {{ stdout: string | null }} */ (
    spawnSync(program, args, { encoding: 'utf8' })
  );
  return stdout ?? '';
}

/**
 * @param {string} path
 * @param {RegExp} pattern
 */
const reads = (path, pattern) => existsSync(path) && pattern.test(readFileSync(path, 'utf8'));

/**
 * @param {string[]} names
 * @returns {Need[]}
 */
const programs = (...names) =>
  names.map((name) => [`the program ${name}`, () => works('sh', '-c', `command -v ${name}`)]);

/**
 * @param {string} name
 * @returns {Need}
 */
const controller = (name) => [
  `the cgroup controller ${name}`,
  () => reads('/proc/self/cgroup', new RegExp(`^\\d+:([^:]*,)?${name}(,[^:]*)?:`, 'm')),
];

/**
 * By what an operator would call it.
 * @type {Need[]}
 */
const BASE = [
  ['Linux', () => process.platform === 'linux'],
  ['root', () => process.getuid?.() === 0],
  ['cgroup v1, not v2', () => !existsSync('/sys/fs/cgroup/cgroup.controllers')],
  ...['memory', 'cpu', 'cpuset', 'pids', 'devices', 'freezer'].map(controller),
  [
    'leave to make namespaces and mounts',
    () => works('unshare', '--mount', '--pid', '--net', '--uts', '--ipc', '--cgroup', '--fork', 'true'),
  ],
  [
    'the file system overlay',
    () => reads('/proc/filesystems', /\boverlay$/m) || works('modprobe', 'overlay'),
  ],
  ['no other run of real nodes beside this one', () => !works('ip', 'link', 'show', 'real0')],
  ...programs('ip', 'nsenter', 'openssl', 'pgrep', 'awk', 'tar', 'ldd', 'which', 'fallocate'),
  ['curl 7.84 or newer', () => works('curl', '--rate', '1/s', '--version')],
];
/** What the build of the nodes brings, in CI. */
const INSTALLED = programs('runc', 'nft', 'conntrack');

/**
 * Removes the network of real nodes none of which runs: a run that was killed with everything it started leaves it
 * behind, and the next one would take it for a cluster. Nodes that run are left alone; demand() then names them.
 */
export function removeDeadNodes() {
  const nodes = output('ip', 'netns', 'list').match(/^real-\d+/gm) ?? [];
  const alive = [
    output('pgrep', '-f', 'forward 10.250.0.1:'),
    ...nodes.map((node) => output('ip', 'netns', 'pids', node)),
  ];
  if (alive.some((pids) => pids !== '')) return;
  for (const node of nodes) {
    works('ip', 'link', 'del', node);
    works('ip', 'netns', 'del', node);
  }
  works('ip', 'link', 'del', 'real0');
}

/**
 * Fails with what is missing; with `built`, of what the build installs too.
 * @param {{ built: boolean }} what
 */
function demand({ built }) {
  const needs = [...BASE, ...(built ? INSTALLED : [])].filter(([, holds]) => !holds()).map(([what]) => what);
  if (needs.length > 0) throw new Error(`this machine cannot run real nodes, which need ${needs.join('; ')}`);
}

/** The folder with the programs; fails with what is missing on this machine before anything is built. */
export async function realNodePrograms() {
  removeDeadNodes();
  demand({ built: false });
  const programs = await assets(BUILDS, 'KUBEBUILDER_ASSETS');
  demand({ built: true });
  return programs;
}

/**
 * Starts a control plane and its real nodes, by the `start` of `withState`, which stops them.
 * @param {import('./control-plane.mjs').Start} start
 * @param {string} programs
 * @param {string} cluster
 */
export async function startRealNodes(start, programs, cluster) {
  await start('control-plane', programs, cluster, '0');
  await start('real-node', programs, cluster, String(NODES));
}

/**
 * Gives every node these images.
 * @param {string} programs
 * @param {string} cluster
 * @param {string[]} images
 */
export const loadImages = (programs, cluster, images) =>
  run(script('real-node', 'images'), [programs, cluster, ...images]);
