/**
 * A place in an input, counted from 1. For an assignment on the command line `file` is `--set` or
 * `--set-string`, `line` is 1, `column` is where the assignment starts in the flag's text, and `text` is that text.
 */
export interface Location {
  file: string;
  line: number;
  column: number;
  text?: string;
}

/** One thing wrong with the input. */
export interface InputProblem {
  message: string;
  path?: string;
  location?: Location;
}

/** Takes a problem; reading goes on, so that all problems are told together. */
export type Report = (problem: InputProblem) => void;

/** Everything wrong with the input, one problem a line. */
export class ValuesInputError extends Error {
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[]) {
    const lines = [...new Set(problems.map(describe))];
    super(lines.join('\n'));
    this.name = 'ValuesInputError';
    this.problems = problems;
  }
}

/** The problem as one sentence behind its place: `file:line:column: sentence`. */
function describe({ message, location }: InputProblem): string {
  if (location === undefined) return message;
  const text = location.text === undefined ? '' : `in ${JSON.stringify(location.text)}: `;
  return `${location.file}:${location.line}:${location.column}: ${text}${message}`;
}
