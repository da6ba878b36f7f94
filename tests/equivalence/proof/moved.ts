import { rmSync } from 'node:fs';
import { renderChart } from '../../../lib/engine/renderers';
import { ACCEPTED, movedChart, REFUSED } from '../../support/moved-chart';
import { writeFiles } from './chart';
import type { Prover, Rendering } from './prover';

/** Old keys of a small chart: both Helms refuse them in our words, and take a null for no use of one. */
export async function proveMoved(prover: Prover): Promise<{ keys: number; faults: string[] }> {
  const chart = writeFiles(renderChart(movedChart()));
  const faults: string[] = [];
  const ask = async (text: string, isRight: (error: string | null) => boolean): Promise<void> => {
    const { helm3, helm4 } = await prover.render({ chart, release: 'r', namespace: 'n', files: [text] });
    for (const [helm, { error }] of Object.entries({ helm3, helm4 } satisfies Record<string, Rendering>))
      if (!isRight(error)) faults.push(`${helm}: moved keys: ${text}: ${error ?? 'renders'}`);
  };
  try {
    for (const [text, path, sentence] of REFUSED)
      await ask(text, (error) => error?.includes(`- ${path} ${sentence}`) === true);
    for (const text of ACCEPTED) await ask(text, (error) => error === null);
  } finally {
    rmSync(chart, { recursive: true });
  }
  return { keys: REFUSED.length + ACCEPTED.length, faults };
}
