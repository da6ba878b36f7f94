import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Json, JsonObject } from '../../../lib/engine';

/** Where one rendering differs from the other. */
export interface Difference {
  readonly object: string;
  readonly path: string;
  readonly problem: string;
  readonly helm?: Json;
  readonly ours?: Json;
}

/** What one Helm answers to `render`. */
export interface Rendering {
  readonly error: string | null;
  readonly differences: readonly Difference[];
  readonly objects: number;
  readonly ms: number;
}

/** Both Helms' answers. */
export interface Both<R> {
  readonly helm3: R;
  readonly helm4: R;
}

/** What the prover is asked; `tests/equivalence/prover/README.md` lists the fields. */
export interface Request {
  readonly op: 'render' | 'values' | 'template';
  readonly chart: string;
  readonly release?: string;
  readonly namespace?: string;
  readonly files?: readonly string[];
  readonly set?: readonly string[];
  readonly setString?: readonly string[];
  readonly manifests?: string | null;
  readonly notes?: string | null;
  readonly source?: string;
  readonly values?: JsonObject;
}

/** Needs a program that is not there: exit 2, not a failed proof. */
export class MissingProgram extends Error {}

/** Where the programs are built. */
export const TOOLS = '.tools/prover';

/** Builds the prover and both Helms; a second when nothing changed. */
export function buildProver(): void {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
  } catch {
    throw new MissingProgram(
      'npm run prove needs Go (https://go.dev/dl): it renders with the real Helm libraries. Nothing was proven.',
    );
  }
  execFileSync('bash', ['tests/equivalence/prover/build', TOOLS], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (!existsSync(join(TOOLS, 'prover'))) throw new MissingProgram(`the build made no ${TOOLS}/prover`);
}

/** The prover: one process, many questions at once. */
export class Prover {
  private readonly process: ChildProcessByStdio<Writable, Readable, null>;
  private readonly waiting = new Map<
    number,
    { resolve: (answer: never) => void; reject: (error: Error) => void }
  >();
  private next = 0;

  constructor(program = join(TOOLS, 'prover')) {
    this.process = spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.process.stdout }).on('line', (line) => this.receive(line));
    this.process.on('error', (error) => this.fail(error));
    this.process.on('exit', (code) => this.fail(new Error(`the prover ended with ${code ?? 'a signal'}`)));
  }

  render(request: Omit<Request, 'op'>): Promise<Both<Rendering>> {
    return this.ask({ op: 'render', ...request });
  }

  values(request: Omit<Request, 'op'>): Promise<Both<{ error: string | null; values: JsonObject | null }>> {
    return this.ask({ op: 'values', ...request });
  }

  template(request: Omit<Request, 'op'>): Promise<Both<{ error: string | null; text: string | null }>> {
    return this.ask({ op: 'template', ...request });
  }

  close(): void {
    this.process.stdin.end();
  }

  private ask<R>(request: Request): Promise<R> {
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.process.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  private receive(line: string): void {
    const answer = JSON.parse(line) as { id: number; error?: string };
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (answer.error === undefined) waiting?.resolve(answer as never);
    else waiting?.reject(new Error(`the prover: ${answer.error}`));
  }

  private fail(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

/** Runs a task for each item, a few at a time, in order of their start. */
export async function inParallel<T>(
  items: readonly T[],
  depth: number,
  task: (item: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      await task(items[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: depth }, worker));
}
