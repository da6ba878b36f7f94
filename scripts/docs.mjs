#!/usr/bin/env node
// Writes the pages of docs/ that are made from the code. A unit test fails when one of them is stale.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..');
const outfile = join(root, 'build/docs.cjs');
await build({
  entryPoints: [join(root, 'lib/render/application-contract.ts')],
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  outfile,
  logLevel: 'error',
});
const { applicationContract } = (await import(outfile)).default;
writeFileSync(join(root, 'docs/application-contract.md'), applicationContract());
console.log('docs/application-contract.md');
