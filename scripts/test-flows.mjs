/**
 * Judges the flows in dags/: first without anything running (ruff, mypy, pytest of dags/tests, and that broken flows are
 * caught), then by the real Airflow: its scheduler, API server and DAG processor, PostgreSQL, and a real control plane.
 * What it starts, it stops, also when a test fails.
 *
 *   npm run test:flows                       everything
 *   npm run test:flows -- -m core            the short form, without broken flows; arguments go to pytest of tests/flows
 */
import { chmodSync, mkdirSync, readdirSync, readlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { assets, ended, renderManifests, run, withState } from './support/control-plane.mjs';

const PYTHON = '.tools/airflow/bin/python';
/** What of the scenarios, for pytest; nothing is everything. */
const choice = process.argv.slice(2);
const FLOWS = ['dags', 'tests/flows'];

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

/** Ends what works in a folder, whatever became of those who started it. */
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
if (choice.length === 0) await run(PYTHON, ['tests/flows/mutations.py']);

await withState('medkg-flows-', ['control-plane'], async (state, start) => {
  const programs = await assets(['control-plane'], 'KUBEBUILDER_ASSETS');
  // The stand-in of the volumes gives those claims one that name a class.
  const flows = ['airflow.enabled=true', 'airflow.storage.storageClassName=efs'];
  const manifests = await renderManifests(join(state, 'manifests'), 'prod', ...flows);
  await run(PYTHON, ['-m', 'pytest', 'dags/tests', '--flows', join(manifests, 'flows/config-map.yaml')]);
  const cluster = join(state, 'cluster');
  await start('control-plane', programs, cluster, '0');
  const airflow = join(state, 'airflow');
  mkdirSync(airflow);
  // PostgreSQL works below it as somebody else.
  chmodSync(state, 0o711);
  try {
    const args = ['-m', 'pytest', 'tests/flows', ...choice];
    const code = await ended(PYTHON, args, {
      FLOWS_STATE: airflow,
      FLOWS_MANIFESTS: manifests,
      FLOWS_KUBECONFIG: join(cluster, 'kubeconfig'),
      PATH: `${programs}${delimiter}${process.env.PATH}`,
    });
    return code ?? 1;
  } finally {
    endAllIn(airflow);
  }
});
