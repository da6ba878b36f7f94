/**
 * Runs tests/cluster on a control plane: the one of KUBECONFIG, or two, side by side, from the programs in
 * KUBEBUILDER_ASSETS, which CI builds first. What it starts, it stops, also when a test fails.
 *
 *   npm run test:cluster                     everything
 *   npm run test:cluster -- lifecycle        one file; arguments go to jest
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scripts = join(root, '../shared/control-plane');
const PROGRAMS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubectl', 'kwok'];
/** The tests mostly wait: this many files run at a time, each on a control plane of its own. */
const CLUSTERS = Number(process.env.CLUSTERS ?? 2);
process.chdir(root);

/** The folder with the programs. */
function assets() {
  const given = process.env.KUBEBUILDER_ASSETS;
  if (given !== undefined) {
    const missing = PROGRAMS.filter((name) => !existsSync(join(given, name)));
    if (missing.length > 0) throw new Error(`KUBEBUILDER_ASSETS lacks ${missing.join(', ')}`);
    return given;
  }
  if (process.env.CI === undefined)
    throw new Error('set KUBECONFIG (a cluster whose nodes are played by kwok) or KUBEBUILDER_ASSETS');
  const folder = join(homedir(), '.cache/medkg-control-plane');
  execFileSync(join(scripts, 'build'), [folder], { stdio: 'inherit' });
  return folder;
}

/** Renders the chart under test, so that a stale one is never judged. */
function renderChart(folder) {
  const chart = join(folder, 'chart');
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  execFileSync(process.execPath, ['build/medkg.js', 'chart', '--out', chart], { stdio: 'inherit' });
  return chart;
}

/** Both Helms, of the versions that we prove against, unless others are given. */
function needHelms() {
  if (process.env.HELM3 !== undefined && process.env.HELM4 !== undefined) return;
  execFileSync('bash', ['scripts/ci/tools.sh', 'helm'], { stdio: 'inherit' });
}

function runTests(env) {
  const args = [
    'node_modules/jest/bin/jest.js',
    '-c',
    'tests/cluster/jest.config.js',
    ...process.argv.slice(2),
  ];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  return status ?? 1;
}

// A signal to the group ends jest first; `finally` then stops what was started.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);

const state = mkdtempSync(join(tmpdir(), 'medkg-cluster-'));
const started = [];
try {
  needHelms();
  const env = { CLUSTER_CHART: process.env.CLUSTER_CHART ?? renderChart(state) };
  if (process.env.KUBECONFIG === undefined) {
    const folder = assets();
    for (let number = 1; number <= CLUSTERS; number += 1) {
      const cluster = join(state, `cluster-${number}`);
      started.push(cluster);
      execFileSync(join(scripts, 'start'), [folder, cluster, '0'], { stdio: 'inherit' });
    }
    env.CLUSTER_KUBECONFIGS = started.map((cluster) => join(cluster, 'kubeconfig')).join(delimiter);
    env.PATH = `${folder}${delimiter}${process.env.PATH}`;
  }
  process.exitCode = runTests(env);
} finally {
  for (const cluster of started.filter((folder) => existsSync(folder)))
    execFileSync(join(scripts, 'stop'), [cluster], { stdio: 'inherit' });
  rmSync(state, { recursive: true, force: true });
}
