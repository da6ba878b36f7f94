import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Whether it is on its way in, or out. */
type Role = 'new' | 'old';

/** A name beside an output for what is written before the two change places; it tells who is at it. */
export function temporary(target: string, role: Role): string {
  return join(dirname(target), `.${basename(target)}.medkg-${role}-${process.pid}`);
}

/** Removes what killed runs left beside an output; one that was killed between two renames gets its folder back. */
export function clean(target: string): void {
  for (const { path, role } of leftovers(target)) {
    if (role === 'old' && !existsSync(target)) renameSync(path, target);
    else rmSync(path, { recursive: true, force: true });
  }
}

function leftovers(target: string): { path: string; role: Role }[] {
  const start = `.${basename(target)}.medkg-`;
  return readdirSync(dirname(target)).flatMap((name) => {
    const match = name.startsWith(start) ? /^(new|old)-(\d+)$/.exec(name.slice(start.length)) : null;
    if (match === null || isAtWork(Number(match[2]))) return [];
    return [{ path: join(dirname(target), name), role: match[1] as Role }];
  });
}

/** Another run may be writing the same output at this moment. */
function isAtWork(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
