import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { filesBelow } from '../render';

/** A file that is not what it should be; undefined is a file that is not there. */
export interface Change {
  readonly file: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** How a folder differs from the files that should be in it, and no others. */
export function changedFiles(folder: string, files: ReadonlyMap<string, string>): Change[] {
  const present = existsSync(folder) && lstatSync(folder).isDirectory() ? filesBelow(folder) : [];
  const names = [...new Set([...present, ...files.keys()])].sort();
  const isPresent = new Set(present);
  return names
    .map((file) => ({
      file,
      before: isPresent.has(file) ? readFileSync(join(folder, file), 'utf8') : undefined,
      after: files.get(file),
    }))
    .filter(({ before, after }) => before !== after);
}

/** The change as `diff -u` prints it, with the path of the file below a folder. */
export function unifiedDiff({ file, before, after }: Change, folder?: string): string {
  const path = folder === undefined ? file : `${folder}/${file}`;
  const name = (text: string | undefined, side: string): string =>
    text === undefined ? '/dev/null' : `${side}/${path}`;
  const patch = createTwoFilesPatch(
    name(before, 'a'),
    name(after, 'b'),
    before ?? '',
    after ?? '',
    undefined,
    undefined,
    { context: 3 },
  );
  return patch.replace(/^=+\n/, '').replaceAll(/^(---|\+\+\+) (.*?)\t?$/gm, '$1 $2');
}
