import { type Problem, problemLine } from '../engine/renderers';
import { EXIT, painter, tell, type Context, type ExitCode } from './context';

/** Tells all problems, and how many there are. */
export function tellProblems(problems: readonly Problem[], context: Context): void {
  const paint = painter(context.stderr, context);
  for (const problem of problems) tell(context.stderr, `${paint('red', 'error:')} ${problemLine(problem)}`);
  tell(context.stderr, paint('bold', problems.length === 1 ? '1 problem' : `${problems.length} problems`));
}

/** Values that cannot be rendered: the wrong use of a command that renders. */
export function refuse(problems: readonly Problem[], context: Context): ExitCode {
  tellProblems(problems, context);
  return EXIT.wrongUse;
}

/** One part of what a command made. */
export interface Part {
  readonly part: string;
  readonly path: string;
  readonly objects: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** One line a part: what, how much, how long, where. */
export function partLine({ part, path, objects, bytes, milliseconds }: Part): string {
  const number = (value: number, width: number): string => value.toLocaleString('en-US').padStart(width);
  return `${part.padEnd(18)} ${number(objects, 5)} objects ${number(bytes, 11)} bytes ${number(Math.round(milliseconds), 6)} ms  ${path}`;
}

/** The size of texts in bytes. */
export function bytesOf(files: ReadonlyMap<string, string>): number {
  return [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
