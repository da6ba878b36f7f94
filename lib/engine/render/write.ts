import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Description } from '../chart/description';
import { renderChart } from './chart';
import { printReadme } from './readme';

/** Writes a chart, with its README, in place of a folder: one that is empty, or that holds the same chart. */
export function writeChart(description: Description, folder: string): void {
  const { name } = description.facts;
  if (isForeign(folder, name))
    throw new Error(
      `${folder} holds something else than the chart ${name}: choose another folder, or empty it`,
    );
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of [
    ...renderChart(description),
    ['README.md', printReadme(description)] as const,
  ]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function isForeign(folder: string, chart: string): boolean {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return false;
  const facts = join(folder, 'Chart.yaml');
  return !existsSync(facts) || !readFileSync(facts, 'utf8').split('\n').includes(`name: ${chart}`);
}
