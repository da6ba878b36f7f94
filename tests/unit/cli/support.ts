import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Context, ExitCode } from '../../../lib/cli/context';
import { run } from '../../../lib/cli/run';

/** What a run of the program said. */
export interface Outcome {
  readonly exit: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

const checkout = resolve(__dirname, '../../..');
const before = process.cwd();

/** A folder like a checkout, with the environments alone; the tests of the file run in it. */
export function enterCheckout(): string {
  const root = mkdtempSync(join(tmpdir(), 'medkg-cli-'));
  cpSync(join(checkout, 'values'), join(root, 'values'), { recursive: true });
  process.chdir(root);
  return root;
}

export function leaveCheckout(root: string): void {
  process.chdir(before);
  rmSync(root, { recursive: true, force: true });
}

/** Writes files below the current folder. */
export function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    writeFileSync(path, text);
  }
}

/** Runs the program in this process, on the current folder. */
export function medkg(...args: readonly string[]): Outcome {
  return medkgIn({}, ...args);
}

export function medkgIn(more: Partial<Context>, ...args: readonly string[]): Outcome {
  const said = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr'): Context['stdout'] => ({
    ...more[name],
    write: (text) => {
      said[name] += text;
    },
  });
  const context = {
    root: process.cwd(),
    env: {},
    ...more,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
  };
  const exit = run(args, context);
  return { exit, stdout: said.stdout, stderr: withoutProgress(said.stderr) };
}

/** What the program said but for its progress, of which it tells only where it takes long: on a busy machine. */
export function withoutProgress(stderr: string): string {
  return stderr.replace(/^\d+\.\d s: .* …\n/gm, '');
}
