/** Temporary copies of terraform/, so that nothing that Terraform writes lands beside the sources. */
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { terraformFolder } from './layout.mjs';

const made = new Set();

/** A copy of the whole of terraform/: roots call modules by relative paths. */
export function copy() {
  const folder = mkdtempSync(join(tmpdir(), 'medkg-terraform-'));
  made.add(folder);
  cpSync(terraformFolder, folder, { recursive: true, filter: (path) => !/\/\.terraform(\/|$)/.test(path) });
  return folder;
}

export function remove(folder) {
  made.delete(folder);
  rmSync(folder, { recursive: true, force: true });
}

process.on('exit', () => made.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** State in a file of the copy, whatever backend the root has. */
export function useLocalState(root) {
  writeFileSync(join(root, 'backend_override.tf'), 'terraform {\n  backend "local" {}\n}\n');
}

/** Takes the protection off, in the copy: it refuses variables, and stops every destroy. */
export function unprotect(folder) {
  for (const path of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.tf'))) {
    const file = join(folder, path);
    const text = readFileSync(file, 'utf8');
    const open = text.replace(/^\s*prevent_destroy\s*=\s*true\s*$\n?/gm, '');
    if (open !== text) writeFileSync(file, open);
  }
}
