import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changedFiles } from '../../../lib/cli/difference';
import { completeChart, foreignToChart } from '../../../lib/render';
import { describePlatform } from '../../../lib/umbrella';
import { environmentTexts } from '../../../lib/umbrella/environments';
import { description } from '../../support/platform';

/** The chart is committed once, as it is installed: a change of it is reviewed there. */
const FOLDER = 'helm/medical-kg';
const CURE = 'npm run synth';

const chart = completeChart(description, environmentTexts('.'));

/** The files that are not what the description says, and what to type about them. */
function stale(folder: string): string[] {
  return changedFiles(folder, chart).map(({ file, before, after }) => {
    const state = before === undefined ? 'is missing' : after === undefined ? 'is too many' : 'differs';
    return `${file} ${state}: ${CURE} writes the chart again`;
  });
}

test('the committed chart is what the description says, byte for byte', () => {
  expect(chart.size).toBeGreaterThan(100);
  expect(stale(FOLDER)).toEqual([]);
});

test('a second synthesis in the same program says the same, however many came before', () => {
  const again = completeChart(describePlatform(), environmentTexts('.'));
  expect([...again].filter(([file, text]) => chart.get(file) !== text).map(([file]) => file)).toEqual([]);
});

test('the folder is ours whatever environments are called, and with nothing else', () => {
  const copy = mkdtempSync(join(tmpdir(), 'medkg-chart-'));
  try {
    cpSync(FOLDER, copy, { recursive: true });
    writeFileSync(join(copy, 'values-load-2.yaml'), '');
    expect(foreignToChart(copy)).toBeUndefined();
    writeFileSync(join(copy, 'mine.yaml'), '');
    expect(foreignToChart(copy)).toBe('mine.yaml');
  } finally {
    rmSync(copy, { recursive: true });
  }
});

test('a byte, a file less and a file more are told by name', () => {
  const copy = mkdtempSync(join(tmpdir(), 'medkg-chart-'));
  try {
    cpSync(FOLDER, copy, { recursive: true });
    appendFileSync(join(copy, 'templates/api/deployment.yaml'), '\n');
    rmSync(join(copy, 'values-prod.yaml'));
    writeFileSync(join(copy, 'templates/api/stray.yaml'), '');
    expect(stale(copy)).toEqual([
      'templates/api/deployment.yaml differs: npm run synth writes the chart again',
      'templates/api/stray.yaml is too many: npm run synth writes the chart again',
      'values-prod.yaml is missing: npm run synth writes the chart again',
    ]);
  } finally {
    rmSync(copy, { recursive: true });
  }
});
