/**
 * Judges the flows in dags/: first without anything running (ruff, mypy, pytest of dags/tests, and that broken flows are
 * caught), then by the real Airflow: its scheduler, API server and DAG processor, PostgreSQL, and a real control plane,
 * whose nodes are played at first, and then real ones that run containers. What it starts, it stops, also when a test fails.
 *
 *   npm run test:flows                       everything
 *   npm run test:flows -- --half             half of the scenarios; the digits of the commit say which
 *   npm run test:flows -- -m core            the short form, with one broken flow; arguments go to pytest of tests/flows
 */
import { chmodSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { load } from 'js-yaml';
import { assets, ended, renderManifests, run, withState } from './support/control-plane.mjs';
import { digits, taken } from './support/draw.mjs';
import { loadImages, realNodePrograms, startRealNodes } from './support/real-nodes.mjs';
import { imagesIn, standIns, stepPrograms } from './support/stand-ins.mjs';

const PYTHON = '.tools/airflow/bin/python';
/** What of the scenarios, for pytest; nothing is everything. */
const halved = taken('--half')['--half'];
const given = process.argv.slice(2);
const choice = halved ? [...given, '--half', digits()] : given;
const FLOWS = ['dags', 'tests/flows'];
/** The scenarios with real containers, and what stands in for the application there. */
const NODES = 'tests/flows/nodes';
const APPLICATION = join(NODES, 'application.sh');
const TEMPLATES = 'flows/config-map.yaml';
// A values file of ours, which asks for a class.
const { airflow: values } = /** @type {{ airflow: { storage: { storageClassName: string } } }} */ (
  load(readFileSync('tests/values/base-flows.yaml', 'utf8'))
);

/** Debian's PostgreSQL is installed where it is missing, by its package manager: on fresh machines of a CI. */
async function needPostgres() {
  const there = () => {
    try {
      return readdirSync('/usr/lib/postgresql').length > 0;
    } catch {
      return false;
    }
  };
  if (there()) return;
  const cure = 'PostgreSQL is missing: apt-get install postgresql';
  if (process.env.CI === undefined) throw new Error(cure);
  console.log(cure);
  await run('apt-get', ['update', '--quiet']);
  await run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', 'postgresql']);
}

/**
 * Ends what works in a folder, whatever became of those who started it.
 * @param {string} folder
 */
function endAllIn(folder) {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const where = readlinkSync(`/proc/${pid}/cwd`);
      if (where === folder || where.startsWith(`${folder}/`)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended, or is not ours.
    }
  }
}

await run('bash', ['scripts/ci/tools.sh', 'airflow']);
await needPostgres();
await run(PYTHON, ['-m', 'ruff', 'check', ...FLOWS]);
await run(PYTHON, ['-m', 'ruff', 'format', '--check', ...FLOWS]);
await run(PYTHON, ['-m', 'mypy', '--config-file', 'dags/pyproject.toml', 'dags']);
await run(PYTHON, ['-m', 'mypy', '--config-file', 'tests/flows/mypy.ini', 'tests/flows']);
await run(PYTHON, ['-m', 'pytest', 'dags/tests']);
await run(PYTHON, [
  'tests/flows/mutations.py',
  ...(given.length === 0 ? [] : ['nothing waits for the guards']),
]);

/**
 * The chart's objects with the flows on. The stand-in of the volumes gives those claims one that name a class.
 * @param {string} state
 */
function renderFlows(state) {
  return renderManifests(join(state, 'manifests'), 'prod', 'base-prod', 'base-flows');
}

/**
 * Runs scenarios on the cluster of a state, with an Airflow of their own.
 * @param {string} state
 * @param {string} programs
 * @param {string} manifests
 * @param {string[]} where
 */
async function scenarios(state, programs, manifests, ...where) {
  const airflow = join(state, 'airflow');
  mkdirSync(airflow);
  // PostgreSQL works below it as somebody else.
  chmodSync(state, 0o711);
  try {
    const code = await ended(PYTHON, ['-m', 'pytest', ...where, ...choice], {
      FLOWS_STATE: airflow,
      FLOWS_MANIFESTS: manifests,
      FLOWS_KUBECONFIG: join(state, 'cluster/kubeconfig'),
      FLOWS_STORAGE_CLASS: values.storage.storageClassName,
      FLOWS_PODS: join(state, 'pods.json'),
      PATH: `${programs}${delimiter}${process.env.PATH ?? ''}`,
    });
    return code ?? 1;
  } finally {
    endAllIn(airflow);
  }
}

await withState('medkg-flows-', ['control-plane'], async (state, start) => {
  const programs = await assets(['control-plane'], 'KUBEBUILDER_ASSETS');
  const manifests = await renderFlows(state);
  const written = ['--flows', join(manifests, TEMPLATES), '--pods', join(state, 'pods.json')];
  await run(PYTHON, ['-m', 'pytest', 'dags/tests', ...written]);
  await start('control-plane', programs, join(state, 'cluster'), '0');
  return scenarios(state, programs, manifests, 'tests/flows', '--ignore', NODES);
});

if (process.exitCode === 0)
  await withState('medkg-flow-nodes-', ['real-node', 'control-plane'], async (state, start) => {
    const programs = await realNodePrograms();
    const manifests = await renderFlows(state);
    const cluster = join(state, 'cluster');
    await startRealNodes(start, programs, cluster);
    // A ConfigMap, whose files are pods.
    const { data } = /** @type {{ data: Record<string, string> }} */ (
      load(readFileSync(join(manifests, TEMPLATES), 'utf8'))
    );
    const pods = Object.values(data).join('\n---\n');
    const needed = stepPrograms(readFileSync(APPLICATION, 'utf8'));
    const images = standIns(imagesIn(pods), join(programs, 'stub'), join(state, 'images'), needed);
    await loadImages(programs, cluster, images);
    return scenarios(state, programs, manifests, NODES);
  });
