/**
 * Runs tests/cluster on a control plane: the one of KUBECONFIG, or three, side by side, from the programs in
 * KUBEBUILDER_ASSETS, which CI builds first. What it starts, it stops, also when a test fails.
 *
 *   npm run test:cluster                     everything
 *   npm run test:cluster -- lifecycle        one file; arguments go to jest
 */
import { delimiter, join } from 'node:path';
import { assets, needHelms, renderChart, runTests, withState } from './support/control-plane.mjs';

/** The tests mostly wait: this many files run at a time, each on a control plane of its own. */
const CLUSTERS = Number(process.env.CLUSTERS ?? 3);

await withState('medkg-cluster-', ['control-plane'], async (state, start) => {
  await needHelms();
  const env = { CLUSTER_CHART: process.env.CLUSTER_CHART ?? (await renderChart(state)) };
  if (process.env.KUBECONFIG === undefined) {
    const programs = await assets(
      ['control-plane'],
      'KUBECONFIG (a cluster whose nodes are played by kwok) or KUBEBUILDER_ASSETS',
    );
    const clusters = Array.from({ length: CLUSTERS }, (_, i) => join(state, `cluster-${i + 1}`));
    for (const cluster of clusters) await start('control-plane', programs, cluster, '0');
    env.CLUSTER_KUBECONFIGS = clusters.map((cluster) => join(cluster, 'kubeconfig')).join(delimiter);
    env.PATH = `${programs}${delimiter}${process.env.PATH}`;
  }
  return runTests('tests/cluster/jest.config.js', env);
});
