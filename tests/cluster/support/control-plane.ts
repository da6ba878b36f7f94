import { spawn } from 'node:child_process';
import { openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { controlPlane } from './environment';
import { eventually } from './eventually';
import { kubectl } from './kubectl';

const REASON = 'it needs a control plane that npm run test:cluster started, and KUBECONFIG names another one';

/**
 * A test that does to the control plane what nobody may do to a cluster of the user's. Elsewhere the report says that
 * it was not run; in CI that is a failure.
 */
export function whereWeStarted(name: string, scenario: (state: string) => Promise<void>): void {
  const state = controlPlane;
  if (state !== undefined) test(name, () => scenario(state));
  else if (process.env['CI'] === undefined) test.skip(`${name} (NOT RUN: ${REASON})`, () => undefined);
  else
    test(name, () => {
      throw new Error(`not run: ${REASON}`);
    });
}

const SERVER = 'kube-apiserver';

/** Ends the API server as a crash does. What comes back starts it again, with the same flags. */
export function killApiServer(state: string): () => Promise<void> {
  const pids = readFileSync(join(state, 'pids'), 'utf8');
  const pid = Number(new RegExp(`^${SERVER} (\\d+)$`, 'm').exec(pids)?.[1]);
  const cwd = readlinkSync(`/proc/${String(pid)}/cwd`);
  // A process id may have been handed on since.
  if (cwd !== join(state, 'tls')) throw new Error(`process ${String(pid)} is not the API server of ${state}`);
  const [program = '', ...args] = readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
    .split('\0')
    .slice(0, -1);
  process.kill(pid, 'SIGKILL');
  return async () => {
    const log = openSync(join(state, `${SERVER}.log`), 'a');
    const server = spawn(program, args, { cwd, detached: true, stdio: ['ignore', log, log] });
    server.unref();
    // Whoever stops the control plane looks here.
    writeFileSync(
      join(state, 'pids'),
      pids.replace(`${SERVER} ${String(pid)}`, `${SERVER} ${String(server.pid)}`),
    );
    await eventually(() => kubectl(['get', '--raw', '/readyz']), 120);
  };
}
