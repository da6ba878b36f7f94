import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
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

/** A program of a control plane, that can be ended as by a crash, and started again with the same flags. */
interface Program {
  readonly kill: () => void;
  readonly start: () => void;
}

function programOf(state: string, name: string): Program {
  const pids = join(state, 'pids');
  const pid = new RegExp(`^${name} (\\d+)$`, 'm').exec(readFileSync(pids, 'utf8'))?.[1] ?? '';
  const cwd = readlinkSync(`/proc/${pid}/cwd`);
  // A process id may have been handed on since.
  if (cwd !== join(state, 'tls')) throw new Error(`process ${pid} is not the ${name} of ${state}`);
  const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  return {
    kill: () => process.kill(Number(pid), 'SIGKILL'),
    start: () => {
      const log = openSync(join(state, `${name}.log`), 'a');
      const child = spawn(program, args, { cwd, detached: true, stdio: ['ignore', log, log] });
      closeSync(log);
      child.unref();
      // Whoever stops the control plane looks here.
      const now = readFileSync(pids, 'utf8').replace(`${name} ${pid}\n`, `${name} ${String(child.pid)}\n`);
      writeFileSync(pids, now);
    },
  };
}

/** Ends the API server as a crash does. What comes back starts it again. */
export function killApiServer(state: string): () => Promise<void> {
  const server = programOf(state, 'kube-apiserver');
  server.kill();
  return async () => {
    server.start();
    await eventually(() => kubectl(['get', '--raw', '/readyz']), 120);
    await replaceKubelets(state);
  };
}

/**
 * Kubelets go on with their pods when the API server is back. The program that plays them forgets some for ever that it
 * could say nothing of meanwhile: one that starts now looks at all. It waits for no lease of the one before.
 */
async function replaceKubelets(state: string): Promise<void> {
  const kubelets = programOf(state, 'kwok');
  kubelets.kill();
  await kubectl(['delete', 'leases', '--all', '--namespace', 'kube-node-lease']);
  kubelets.start();
}
