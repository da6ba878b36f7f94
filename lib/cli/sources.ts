import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, tell, type Context, type ExitCode } from './context';

/** What `sourcesDigest` was when the program was bundled: `scripts/build.mjs` puts it here. */
declare const BUNDLED_SOURCES: string;

/** What the bundles are made of, and what makes them. */
const FOLDERS = ['lib', 'imports'];
const FILES = [
  'main.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'scripts/build.mjs',
  // npm writes here what it installed last.
  'node_modules/.package-lock.json',
];

/** The files of a checkout that decide what is in the bundles, as sorted paths with slashes. */
export function sourceFiles(root: string): string[] {
  const sources = FOLDERS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      // An editor's lock beside a file is a link that leads nowhere.
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)),
  );
  const others = FILES.filter((file) => existsSync(join(root, file)));
  return [...sources, ...others].map((file) => file.replaceAll('\\', '/')).sort();
}

/**
 * Names and contents of all of them. Times would be quicker to read, but a branch that is checked out, or a folder that
 * is copied, changes them without a change, and may change a file without them.
 */
export function sourcesDigest(root: string): string {
  const hash = createHash('sha256');
  for (const file of sourceFiles(root)) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}

/**
 * Refuses to run on a checkout whose sources are others than those of the bundle: what it renders would be what they
 * said before. An installed package has no sources, and nothing to compare.
 */
export function refuseStale({ root, stderr }: Context): ExitCode | undefined {
  if (!existsSync(join(root, 'lib')) || sourcesDigest(root) === BUNDLED_SOURCES) return undefined;
  tell(
    stderr,
    `error: ${join(root, 'build')} was built from other sources: run \`node scripts/build.mjs\` in ${root}`,
  );
  return EXIT.wrongUse;
}
