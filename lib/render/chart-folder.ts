import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Description } from '../engine';
import { type ChartFiles, renderChart } from '../engine/renderers';
import { chartFacts } from '../charts/chart-facts';
import { chartReadme } from './readme';

/** What stands at the top of our chart, and nothing else. */
const OURS =
  /^(Chart\.yaml|README\.md|values(-[a-z0-9-]+)?\.yaml|values\.schema\.json|files|templates|charts|\.helmignore)$/;

/** The chart as it is committed and packaged: with its README and a values file for each environment. */
export function completeChart(
  description: Description,
  environments: ReadonlyMap<string, string>,
): ChartFiles {
  const copies = [...environments].map(([name, text]): [string, string] => [`values-${name}.yaml`, text]);
  return new Map([
    ...renderChart(description),
    ['README.md', chartReadme([...environments.keys()])],
    ...copies,
  ]);
}

/** A folder is ours to replace if it holds our chart, with nothing beside what a chart of ours has. */
export function foreignToChart(folder: string): string | undefined {
  const entries = readdirSync(folder);
  if (entries.length === 0) return undefined;
  const chart = join(folder, 'Chart.yaml');
  const isOurs =
    existsSync(chart) && new RegExp(`^name: ${chartFacts.name}$`, 'm').test(readFileSync(chart, 'utf8'));
  return isOurs ? entries.find((entry) => !OURS.test(entry)) : entries[0];
}
