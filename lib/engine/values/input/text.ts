import type { LineCounter } from 'yaml';
import type { InputProblem, Location } from './problems';

/** A text with its name, which tells places in it. */
export interface Source {
  file: string;
  text: string;
  lines: LineCounter;
}

/** The place of an offset in a source. */
export function placeOf({ file, lines }: Source, offset: number): Location {
  const { line, col } = lines.linePos(offset);
  return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

const forbidden: readonly { pattern: RegExp; message: string }[] = [
  {
    pattern: /[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu,
    message: 'a control character is not allowed in YAML: write it as an escape in double quotes.',
  },
  {
    pattern: /\r(?!\n)|[\u0085\u2028\u2029]/g,
    message:
      'this line separator means different things in YAML 1.1 and 1.2: write \\r, \\N, \\L or \\P in double quotes.',
  },
  {
    pattern: /^---(?![ \t]*(?:#.*)?\r?$).*$/gm,
    message: 'only a comment may follow "---" on its line: Helm 4 fails here.',
  },
  { pattern: /^%.*$/gm, message: 'YAML directives ("%") are not supported: Helm 4 fails here.' },
];

/** What is wrong with the bare text, before its syntax is looked at. */
export function textProblems(source: Source): InputProblem[] {
  return forbidden.flatMap(({ pattern, message }) =>
    [...source.text.matchAll(pattern)]
      .slice(0, 10)
      .map(({ index }) => ({ message, location: placeOf(source, index) })),
  );
}
