// Writes the chart of docs/engine.md to build/page-chart, for the proof: `npm run prove -- --chart build/page-chart/shop.ts`.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageFiles } from './support/page-files.cjs';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'build/page-chart');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [name, text] of pageFiles(readFileSync(join(root, 'docs/engine.md'), 'utf8')))
  if (name.endsWith('.ts')) writeFileSync(join(folder, name), text);
