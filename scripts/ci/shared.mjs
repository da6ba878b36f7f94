/**
 * Notes what lies in ../shared, which git does not know: a suite that takes something from there runs in full when that
 * changed. `node scripts/ci/shared.mjs` writes shared.lock beside this file, with --check it says whether that is fresh.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suites } from './suites.mjs';

const LOCK = 'scripts/ci/shared.lock';
const root = fileURLToPath(new URL('../..', import.meta.url));
const shared = process.env.CI_SHARED ?? join(root, '../shared');

/** Each folder that a suite takes something from, with a hash of its files, names included. */
export function sharedHashes() {
  const folders = [...new Set(suites.flatMap(({ whole }) => whole?.shared ?? []))].sort();
  return Object.fromEntries(folders.map((folder) => [folder, hashOf(join(shared, folder))]));
}

/** @param {string} folder */
function hashOf(folder) {
  if (!existsSync(folder)) return 'missing';
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  for (const file of files.filter((path) => statSync(join(folder, path)).isFile()))
    hash.update(`${file}\0`).update(
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest(),
    );
  return hash.digest('hex').slice(0, 16);
}

/**
 * The notes of a text, by folder.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function notesIn(text) {
  return Object.fromEntries(
    [...text.matchAll(/^(\w+) {2}(.+)$/gm)].map(([, hash = '', folder = '']) => [folder, hash]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = Object.entries(sharedHashes())
    .map(([folder, hash]) => `${hash}  ${folder}\n`)
    .join('');
  if (process.argv[2] !== '--check') writeFileSync(join(root, LOCK), text);
  else if (text !== readFileSync(join(root, LOCK), 'utf8')) {
    console.error(`${LOCK} is stale: run node scripts/ci/shared.mjs`);
    process.exitCode = 1;
  }
}
