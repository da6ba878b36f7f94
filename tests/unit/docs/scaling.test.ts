import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ScalingSignal } from '../../../lib/platform/model';
import { records } from '../../support/platform';

const page = readFileSync(join(__dirname, '../../../docs/scaling.md'), 'utf8').replace(/ +/g, ' ');

function inWords(signal: ScalingSignal): string {
  return signal.source === 'cpu'
    ? `CPU (${String(signal.utilization)} %)`
    : `\`${signal.metric}\` (${signal.averageValue})`;
}

test.each(records)('the page tells what $name follows', ({ name, scaling }) => {
  const { signal, secondSignal, minReplicas, maxReplicas, mode } = scaling;
  const signals = [signal, secondSignal].flatMap((one) => (one === undefined ? [] : [inWords(one)]));
  const bounds = `${String(minReplicas)} to ${String(maxReplicas)}`;
  expect(page).toContain(`| ${name} | ${signals.join(', ')} | ${bounds} | ${mode} |`);
});
