import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfig, paths } from './environment';
import type { Release, Values } from './helm';
import { failure, run, type Outcome } from './run';
import { remedy } from './troubleshooting';

const TIMEOUT = '150s';
/** The programs of this run, by the names that people call them by. */
const PROGRAMS = 'helm() { command "$HELM_PROGRAM" "$@"; }\nkubectl() { command "$KUBECTL_PROGRAM" "$@"; }\n';

/** Runs commands of docs/troubleshooting.md, with its variables set to a release and further ones. */
export async function carryOut(
  id: string,
  release: Release,
  { environment, overrides = {} }: Values,
  more: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'medkg-values-'));
  const file = join(folder, 'overrides.yaml');
  writeFileSync(file, JSON.stringify(overrides));
  const env = {
    KUBECONFIG: kubeconfig,
    HELM_PROGRAM: release.helm.program,
    KUBECTL_PROGRAM: paths.kubectl,
    RELEASE: release.name,
    NAMESPACE: release.namespace,
    CHART: paths.chart,
    VALUES: `${paths.values(environment)},${file}`,
    TIMEOUT,
    WAIT: release.helm.wait,
    ...more,
  };
  try {
    const commands = remedy(id, release.helm);
    const outcome = await run('bash', ['-euo', 'pipefail', '-c', PROGRAMS + commands], '', env);
    if (outcome.code !== 0) throw failure([release.helm.name, commands], outcome);
    return outcome;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether the release is what the page calls healthy. */
export async function expectHealthy(release: Release, values: Values): Promise<void> {
  const { stdout } = await carryOut('healthy', release, values);
  expect(stdout).toContain('STATUS: deployed');
}
