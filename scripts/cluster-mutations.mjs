/**
 * Damages the chart in a copy, one mutation at a time, and runs the scenario that has to notice on a control plane.
 *
 *   npm run test:cluster-mutations [-- part of a mutation's name]…
 *   npm run test:cluster-mutations -- --half     half of them; the digits of the commit say which
 */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { half, taken } from './support/draw.mjs';
import { readJson } from './support/json.mjs';
import { replaceOnce } from './support/replace-once.cjs';
import { mutations } from '../tests/cluster/mutations.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Two at a time: they mostly wait. */
const AT_ONCE = 2;
const CHART = 'helm/medical-kg';

const halved = taken('--half')['--half'];
const wanted = process.argv.slice(2);
const named = mutations.filter(
  ({ what }) => wanted.length === 0 || wanted.some((part) => what.includes(part)),
);
const chosen = halved ? half(named) : named;
const workshop = mkdtempSync(join(tmpdir(), 'cluster-mutations-'));
process.on('exit', () => rmSync(workshop, { recursive: true, force: true }));

/**
 * @typedef {import('../tests/cluster/mutations.mjs').Mutation} Mutation
 * @typedef {{ file: string, scenario: string, status: string, failure?: string }} Scenario as tests/cluster/reporter.js
 *   tells it
 */

/**
 * A copy of the chart with one thing wrong: a text replaced that stands there exactly once, or a file more.
 * @param {Mutation} mutation
 * @param {number} number
 */
function damaged({ what, file, replace, by }, number) {
  const chart = join(workshop, `chart-${number}`);
  cpSync(CHART, chart, { recursive: true });
  const path = join(chart, file);
  if (replace === undefined) {
    if (existsSync(path)) throw new Error(`"${what}" no longer applies: ${file} exists`);
    writeFileSync(path, by);
    return chart;
  }
  writeFileSync(path, replaceOnce(readFileSync(path, 'utf8'), { replace, by }, `${file} ("${what}")`));
  return chart;
}

/**
 * Runs one scenario on a chart; gives the results of the tests that ran.
 * @param {Mutation} mutation
 * @param {string} chart
 * @param {number} number
 * @returns {Promise<{ output: string, ran: Scenario[] }>}
 */
function runScenario({ scenario: [file, test] }, chart, number) {
  const report = join(workshop, `report-${number}.json`);
  const env = {
    ...process.env,
    CLUSTERS: '1',
    CLUSTER_CHART: chart,
    CLUSTER_REPORT: report,
    // A release that cannot become ready is to fail soon.
    CLUSTER_TIMEOUT: '45s',
  };
  const args = ['scripts/test-cluster.mjs', `/${file}\\.test`, '-t', test];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (output += String(chunk)));
    child.on('error', reject);
    child.on('close', () => {
      // As tests/cluster/reporter.js writes it.
      const { scenarios } = /** @type {{ scenarios: Scenario[] }} */ (
        existsSync(report) ? readJson(report) : { scenarios: [] }
      );
      resolve({ output, ran: scenarios.filter(({ status }) => status === 'passed' || status === 'failed') });
    });
  });
}

/**
 * A scenario has to fail, and for the reason that the mutation names: not because the machine was slow.
 * @param {Scenario[]} ran
 * @param {Mutation} mutation
 */
function judge(ran, { failure }) {
  if (ran.length === 0) return 'NOT RUN';
  const failures = ran.flatMap((result) => result.failure ?? []);
  if (failures.length === 0) return 'SURVIVED';
  return failures.some((text) => failure.test(text)) ? 'caught' : 'OTHERWISE';
}

/** @type {string[]} */
const problems = [];
// Every mutation applies, or none is tried.
const damages = mutations.map((mutation, number) => ({ mutation, number, chart: damaged(mutation, number) }));
const queue = damages.filter(({ mutation }) => chosen.includes(mutation));

async function work() {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { mutation, number, chart } = next;
    const started = Date.now();
    const { output, ran } = await runScenario(mutation, chart, number);
    const verdict = judge(ran, mutation);
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    const scenarios = ran.map(({ file, scenario }) => `${file}: ${scenario}`).join('; ');
    console.log(`${verdict.padEnd(9)} ${seconds.padStart(4)} s  ${mutation.what} (${scenarios})`);
    if (verdict !== 'caught') {
      problems.push(mutation.what);
      console.error(output);
    }
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
console.log(`${chosen.length - problems.length} of ${chosen.length} mutations were caught`);
process.exitCode = problems.length === 0 && chosen.length > 0 ? 0 : 1;
