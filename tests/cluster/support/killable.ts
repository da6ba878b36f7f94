import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Helm } from './helm';

/** A Helm that can be killed while it runs, as by a pipeline that is cancelled. */
export interface Killable {
  readonly helm: Helm;
  readonly kill: () => void;
  readonly remove: () => void;
}

export function killable(helm: Helm): Killable {
  const folder = mkdtempSync(join(tmpdir(), 'medkg-helm-'));
  const program = join(folder, 'helm');
  const pid = join(folder, 'pid');
  writeFileSync(program, `#!/usr/bin/env bash\necho $$ >'${pid}'\nexec '${helm.program}' "$@"\n`);
  chmodSync(program, 0o755);
  return {
    helm: { ...helm, program },
    kill: () => {
      if (!existsSync(pid)) throw new Error('Helm was not started');
      process.kill(Number(readFileSync(pid, 'utf8')), 'SIGKILL');
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
