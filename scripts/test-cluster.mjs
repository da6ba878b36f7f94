/**
 * Runs tests/cluster on a control plane: the one of KUBECONFIG, or three, side by side, from the programs in
 * KUBEBUILDER_ASSETS, which CI builds first. What it starts, it stops, also when a test fails.
 *
 *   npm run test:cluster                     everything
 *   npm run test:cluster -- lifecycle        one file; arguments go to jest
 *   npm run test:cluster -- --half           half of the files, and --one-helm: with one of the two Helms alone; the digits
 *                                            of the commit say which
 */
import { delimiter, join } from 'node:path';
import {
  assets,
  filesOf,
  needHelms,
  only,
  renderChart,
  runTests,
  withState,
} from './support/control-plane.mjs';
import { half, one, taken } from './support/draw.mjs';

/** The tests mostly wait: this many files run at a time, each on a control plane of its own. */
const CLUSTERS = Number(process.env.CLUSTERS ?? 3);
const CONFIG = 'tests/cluster/jest.config.js';
const options = taken('--half', '--one-helm');

/**
 * What jest is told, and the suite by its environment.
 * @returns {{ args: string[], env: import('./support/control-plane.mjs').Environment }}
 */
function choice() {
  const args = process.argv.slice(2);
  const helm = options['--one-helm'] ? one(['3', '4']) : undefined;
  const files = filesOf(CONFIG, args).filter(
    (file) => helm === undefined || !/helm\d/.test(file) || file.includes(`helm${helm}`),
  );
  const wanted = options['--half'] ? half(files) : files;
  return { args: only(CONFIG, args, wanted), env: helm === undefined ? {} : { CLUSTER_HELMS: helm } };
}

await withState('medkg-cluster-', ['control-plane'], async (state, start) => {
  await needHelms();
  /** @type {import('./support/control-plane.mjs').Environment} */
  const env = { CLUSTER_CHART: process.env.CLUSTER_CHART ?? (await renderChart(state)) };
  if (process.env.KUBECONFIG === undefined) {
    const programs = await assets(
      ['control-plane'],
      'KUBECONFIG (a cluster whose nodes are played by kwok) or KUBEBUILDER_ASSETS',
    );
    const clusters = Array.from({ length: CLUSTERS }, (_, i) => join(state, `cluster-${i + 1}`));
    for (const cluster of clusters) await start('control-plane', programs, cluster, '0');
    env.CLUSTER_KUBECONFIGS = clusters.map((cluster) => join(cluster, 'kubeconfig')).join(delimiter);
    env.PATH = `${programs}${delimiter}${process.env.PATH ?? ''}`;
  }
  const { args, env: helms } = choice();
  return runTests(CONFIG, { ...env, ...helms }, args);
});
