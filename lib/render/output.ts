import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { types } from 'node:util';
import { clean, temporary } from './temporary';

/** The file that says which files of a folder are ours to replace. */
export const MARKER = '.medkg-output';

/** A place that we cannot, or may not, write to. */
export class OutputError extends Error {}

/** Says which file of an existing folder we did not make, if there is one. */
export type Foreigner = (folder: string) => string | undefined;

/**
 * Puts files in place of a folder, all or none: they are written beside it, and then the two change places. A
 * run that is killed leaves the old folder as it was; the next run removes what it left behind.
 */
export function replaceFolder(path: string, files: ReadonlyMap<string, string>, foreigner: Foreigner): void {
  guarded(path, () => {
    const target = existsSync(path) ? realpathSync(path) : resolve(path);
    mkdirSync(dirname(target), { recursive: true });
    clean(target);
    refuseForeign(path, target, foreigner);
    const fresh = temporary(target, 'new');
    try {
      writeFiles(fresh, files);
      swap(target, fresh);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      throw error;
    }
  });
}

/** Puts bytes in place of a file, all or none. */
export function replaceFile(path: string, bytes: Uint8Array): void {
  guarded(path, () => {
    if (existsSync(path) && lstatSync(path).isDirectory())
      throw new OutputError(`${path} is a folder; a file belongs there`);
    mkdirSync(dirname(path), { recursive: true });
    clean(resolve(path));
    const fresh = temporary(resolve(path), 'new');
    try {
      writeFileSync(fresh, bytes);
      renameSync(fresh, path);
    } catch (error) {
      rmSync(fresh, { force: true });
      throw error;
    }
  });
}

/** Files together with the marker that makes their folder ours. */
export function marked(files: ReadonlyMap<string, string>): Map<string, string> {
  const names = [...files.keys()].sort();
  return new Map([
    ...files,
    [
      MARKER,
      `# Made by medkg. It replaces these files, and this folder, without asking.\n${names.join('\n')}\n`,
    ],
  ]);
}

/** A folder is ours if its marker lists all of its files; an empty one is anybody's. */
export function foreignToMarker(folder: string): string | undefined {
  const files = filesBelow(folder);
  const known = new Set([MARKER, ...markerLines(folder)]);
  return files.find((file) => !known.has(file));
}

/** All files below a folder, as sorted paths with slashes. */
export function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

function markerLines(folder: string): string[] {
  const marker = join(folder, MARKER);
  return existsSync(marker) ? readFileSync(marker, 'utf8').split('\n') : [];
}

function refuseForeign(path: string, target: string, foreigner: Foreigner): void {
  if (!existsSync(target)) return;
  if (!lstatSync(target).isDirectory()) throw new OutputError(`${path} is a file; a folder belongs there`);
  const foreign = foreigner(target);
  if (foreign === undefined) return;
  throw new OutputError(
    `${path} holds ${foreign}, which medkg did not make: move it away, or choose another folder with --out`,
  );
}

function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder);
  const folders = new Set([...files.keys()].map((file) => dirname(join(folder, file))));
  for (const one of folders) mkdirSync(one, { recursive: true });
  for (const [file, text] of files) writeFileSync(join(folder, file), text);
}

function swap(target: string, fresh: string): void {
  if (!existsSync(target)) {
    renameSync(fresh, target);
    return;
  }
  const old = temporary(target, 'old');
  renameSync(target, old);
  renameSync(fresh, target);
  rmSync(old, { recursive: true, force: true });
}

const REASONS = new Map([
  ['EACCES', 'no permission to write there'],
  ['EPERM', 'no permission to write there'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'no space is left on the device'],
  ['EEXIST', 'a file is where a folder should be'],
  ['ENOTDIR', 'a file is where a folder should be'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EBUSY', 'it is in use'],
  ['EXDEV', 'it is a mount point, which cannot be replaced'],
]);

/** What the operating system says, as a sentence. */
function guarded(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof OutputError || !types.isNativeError(error)) throw error;
    const code = 'code' in error ? String(error.code) : '';
    if (code === '') throw error;
    throw new OutputError(`cannot write ${path}: ${REASONS.get(code) ?? error.message}`, { cause: error });
  }
}
