import fc from 'fast-check';
import type { Description } from '../../../lib/engine';
import { renderChart } from '../../../lib/engine/renderers';
import { deliver, Documents } from '../documents';
import { withChart } from '../proof/chart';
import { judge } from '../proof/judge';
import type { Prover } from '../proof/prover';
import { faultText } from '../proof/report';
import { subjectOf } from '../subject';
import { chartArbitrary } from './draw';
import type { Made } from './expressions';
import { REFUSALS } from './refusals';

/** Documents for each chart. */
const DOCUMENTS = 5;
/** How long a chart that shows a fault is made smaller. */
const SHRINKING = 60_000;

/** What came out of the drawn charts. */
export interface ChartsTally {
  readonly charts: number;
  readonly refused: number;
  readonly documents: number;
  readonly rendered: number;
  readonly faults: readonly string[];
}

/** Draws whole charts, and proves some documents on each. */
export async function proveCharts(prover: Prover, count: number, seed: number): Promise<ChartsTally> {
  const seen = { charts: 0, refused: 0, documents: 0, rendered: 0 };
  const property = fc.asyncProperty(chartArbitrary, async (make) => {
    seen.charts += 1;
    const description = described(make);
    if (description === undefined) {
      seen.refused += 1;
      return;
    }
    const documents = new Documents(subjectOf(description));
    await withChart(description, async (chart) => {
      for (const draft of documents.drafts(DOCUMENTS, seed + seen.charts)) {
        const { ours, findings } = await judge(prover, chart, deliver(draft));
        seen.documents += 1;
        if (ours.kind === 'rendered') seen.rendered += 1;
        if (findings.length > 0)
          throw new Error(
            `${faultText({ draft, findings }, 'a drawn chart', seed)}\n${templatesOf(description)}`,
          );
      }
    });
  });
  const { failed, errorInstance, numRuns } = await fc.check(property, {
    numRuns: count,
    seed,
    interruptAfterTimeLimit: SHRINKING + count * 1000,
  });
  const fault = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return { ...seen, faults: failed ? [`after ${numRuns} charts (seed ${seed}):\n${fault}`] : [] };
}

/** The chart; undefined where the engine refuses it in words that are known. */
function described(make: Made<Description>): Description | undefined {
  try {
    const description = make();
    // All of it is printed, and so all that is wrong with it is told.
    renderChart(description);
    return description;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (REFUSALS.some((sentence) => sentence.test(message))) return undefined;
    throw new Error(
      `a drawn chart is refused in words that are not known:\n${error instanceof Error ? (error.stack ?? message) : message}`,
      { cause: error },
    );
  }
}

function templatesOf(description: Description): string {
  return [...renderChart(description)]
    .filter(([path]) => /templates\/(folder|NOTES|_rules)/.test(path))
    .map(([path, text]) => `# ${path}\n${text}`)
    .join('\n');
}
