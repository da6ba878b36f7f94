/**
 * Runs tests/nodes on two real nodes (kubelet, containerd, kube-proxy, DNS), made of the programs in
 * KUBEBUILDER_ASSETS, which CI builds first. What it starts, it stops, also when a test fails.
 *
 *   npm run test:nodes                everything
 *   npm run test:nodes -- probes      one file; arguments go to jest
 *   npm run test:nodes -- --half      half of the files; the digits of the commit say which
 *
 * With the KUBECONFIG of such a cluster (STATE/kubeconfig), that one is used, and left as it is.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { load } from 'js-yaml';
import {
  assets,
  filesOf,
  needHelms,
  only,
  renderChart,
  runTests,
  withState,
} from './support/control-plane.mjs';
import { half, taken } from './support/draw.mjs';
import { BUILDS, loadImages, realNodePrograms, startRealNodes } from './support/real-nodes.mjs';
import { imagesIn, standIns } from './support/stand-ins.mjs';

const CONFIG = 'tests/nodes/jest.config.js';
const halved = taken('--half')['--half'];

/**
 * The chart with every service on: it asks for every image that a test may need.
 * @param {string} chart
 */
function everything(chart) {
  // The values of our chart.
  const { services } = /** @type {{ services: object }} */ (
    load(readFileSync(join(chart, 'values.yaml'), 'utf8'))
  );
  const enabled = Object.keys(services).flatMap((name) => ['--set', `services.${name}.enabled=true`]);
  const helm = process.env.HELM4 ?? '.tools/bin/helm4';
  const args = ['template', 'medkg', chart, '--values', 'tests/values/base-dev.yaml', ...enabled];
  return execFileSync(helm, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
}

await withState('medkg-nodes-', ['real-node', 'control-plane'], async (folder, start) => {
  const given = process.env.KUBECONFIG;
  const programs =
    given === undefined ? await realNodePrograms() : await assets(BUILDS, 'KUBEBUILDER_ASSETS');
  await needHelms();
  const chart = process.env.CLUSTER_CHART ?? (await renderChart(folder));
  const state = given === undefined ? join(folder, 'cluster') : dirname(given);
  if (given === undefined) await startRealNodes(start, programs, state);
  const images = standIns(imagesIn(everything(chart)), join(programs, 'stub'), join(folder, 'images'));
  await loadImages(programs, state, images);
  const env = {
    CLUSTER_CHART: chart,
    CLUSTER_KUBECONFIGS: join(state, 'kubeconfig'),
    CLUSTER_REPORT: 'dist/reports/nodes.json',
    PATH: `${programs}${delimiter}${process.env.PATH ?? ''}`,
  };
  const args = process.argv.slice(2);
  return runTests(CONFIG, env, halved ? only(CONFIG, args, half(filesOf(CONFIG, args))) : args);
});
