/** A stream of text that may be a terminal. */
export interface Stream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** What a command sees of the outside, so that tests can run it in their own process. */
export interface Context {
  /** The checkout that the program belongs to: its environments and its outputs. */
  readonly root: string;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The program was used in the wrong way: told without a stack trace, exit code 2. */
export class UsageError extends Error {}

/** What the shell gets to know. */
export const EXIT = { fine: 0, foundProblems: 1, wrongUse: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Writes a line. */
export function tell(stream: Stream, line: string): void {
  stream.write(`${line}\n`);
}

/** Writes data that a program reads. */
export function tellJson(stream: Stream, data: unknown): void {
  tell(stream, JSON.stringify(data, null, 2));
}

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow';
const CODES: Readonly<Record<Style, readonly [number, number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
};

/** Colours for a stream: none unless it is a terminal, and none where NO_COLOR is set. */
export function painter(stream: Stream, { env }: Context): (style: Style, text: string) => string {
  const plain = stream.isTTY !== true || (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return (style, text) => (plain ? text : `\u001b[${CODES[style][0]}m${text}\u001b[${CODES[style][1]}m`);
}

/** Tells a person what is going on, once it has taken longer than two seconds. */
export function progress({ stderr }: Context): (step: string) => void {
  const start = performance.now();
  return (step) => {
    const seconds = (performance.now() - start) / 1000;
    if (seconds > 2) tell(stderr, `${seconds.toFixed(1)} s: ${step} …`);
  };
}
