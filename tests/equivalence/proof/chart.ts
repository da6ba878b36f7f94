import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Description } from '../../../lib/engine';
import { renderChart } from '../../../lib/engine/renderers';

/** A chart in a folder, with the description that it was printed from. */
export interface PrintedChart {
  readonly description: Description;
  readonly folder: string;
}

/** Prints a chart into a new folder for as long as something works on it. */
export async function withChart<R>(
  description: Description,
  work: (chart: PrintedChart) => Promise<R>,
): Promise<R> {
  const folder = writeFiles(renderChart(description));
  try {
    return await work({ description, folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All charts inside of a printed one, at every level, each as a chart of its own. */
export function chartsInside({ description, folder }: PrintedChart): PrintedChart[] {
  return description.subcharts.flatMap(({ description: inner }) => {
    const chart = { description: inner, folder: join(folder, 'charts', inner.facts.name) };
    return [chart, ...chartsInside(chart)];
  });
}

/** Writes files into a new folder, which the caller removes. */
export function writeFiles(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'prove-'));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
