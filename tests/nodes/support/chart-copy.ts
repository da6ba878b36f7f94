import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paths } from '../../cluster/support/environment';

const copies: string[] = [];

/** A copy of the chart in which the container of a service lacks one member. */
export function chartWithout(member: string, service: string): string {
  const chart = join(mkdtempSync(join(tmpdir(), 'chart-')), 'medical-kg');
  copies.push(join(chart, '..'));
  cpSync(paths.chart, chart, { recursive: true });
  const file = join(chart, 'templates', service, 'deployment.yaml');
  const lines = readFileSync(file, 'utf8').split('\n');
  writeFileSync(file, withoutBlock(lines, member).join('\n'));
  return chart;
}

/** Drops a key and what is indented below it. */
function withoutBlock(lines: readonly string[], key: string): string[] {
  const starts = lines.flatMap((line, number) => (line.trim() === `${key}:` ? [number] : []));
  const [start] = starts;
  if (start === undefined || starts.length > 1)
    throw new Error(`${key} stands ${starts.length} times in the template`);
  const depth = (line: string): number => line.search(/\S/);
  const own = depth(lines[start] ?? '');
  const after = lines.findIndex((line, number) => number > start && depth(line) <= own);
  return lines.filter((_, number) => number < start || number >= after);
}

/** Removes the copies that a file made. */
export function removeCopies(): void {
  for (const folder of copies.splice(0)) rmSync(folder, { recursive: true, force: true });
}
