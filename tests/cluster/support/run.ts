import { spawn } from 'node:child_process';
import { kubeconfig } from './environment';

/** How a program ended, and what it said. */
export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program on this worker's cluster to its end, whatever the end. */
export function run(
  program: string,
  args: readonly string[],
  input = '',
  env: NodeJS.ProcessEnv = { KUBECONFIG: kubeconfig },
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe', env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    // A program that ends without reading is judged by its code.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** What an outcome says when a program failed that should not have. */
export function failure(command: readonly string[], { code, stdout, stderr }: Outcome): Error {
  return new Error(`${command.join(' ')} ended with ${String(code)}\n${stdout}\n${stderr}`);
}

/** Lines in which the API server, or the program, warns; what its client library only informs about is none. */
export function warningsIn({ stderr }: Outcome): string[] {
  const lines = stderr.split('\n').filter((line) => !/^I\d{4} /.test(line));
  return lines.filter((line) => /warning/i.test(line) || /^W\d{4} /.test(line));
}
