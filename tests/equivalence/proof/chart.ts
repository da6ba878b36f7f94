import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { description } from './ours';
import { renderChart } from '../../../lib/engine/renderers';

/** Writes the chart of the description into a new folder, which the caller removes. */
export function writeChart(): string {
  return writeFiles(renderChart(description));
}

/** Writes files into a new folder. */
export function writeFiles(files: ReadonlyMap<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'prove-'));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
