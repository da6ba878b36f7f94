#!/usr/bin/env node
// Writes the pages of docs/, and the lists of objects in tests/values, that are made from the code. A unit test fails
// when one of them is stale.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const outfile = join(root, 'build/docs.cjs');
process.chdir(root);
await build({
  entryPoints: ['scripts/pages.ts'],
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // It reads what the examples of docs/engine.md say, and looks for files beside itself.
  external: ['typescript'],
  outfile,
  logLevel: 'error',
});
/** @type {unknown} */
const bundled = await import(outfile);
// What is bundled above, as CommonJS.
const { pages } = /** @type {{ default: typeof import('./pages.js') }} */ (bundled).default;
for (const [path, text] of pages()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(path);
}
