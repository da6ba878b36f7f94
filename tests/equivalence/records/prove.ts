/**
 * The part `records` of the proof. It is a program of its own, since the platform's services, which everything else
 * follows from, are other ones here: `scripts/prove.mjs` bundles it with `services.ts` in their place.
 */
import { Documents } from '../documents';
import { exitWith } from '../options';
import { platform } from '../platform';
import { withChart } from '../proof/chart';
import { Conditions } from '../proof/conditions';
import { proveDocuments } from '../proof/documents';
import { Prover } from '../proof/prover';
import { faultText, tallyLine } from '../proof/report';

const CHART_ALONE = { name: 'records', files: [] };

async function main(docs: number, seed: number): Promise<boolean> {
  const { description, hints } = platform;
  const prover = new Prover();
  try {
    const conditions = new Conditions(description, hints.ruleName);
    const documents = new Documents(platform);
    const tally = await withChart(description, (chart) =>
      proveDocuments(prover, chart, documents, CHART_ALONE, docs, seed, conditions),
    );
    console.log(tallyLine(tally));
    for (const fault of tally.faults) console.error(faultText(fault, CHART_ALONE.name, seed));
    return tally.rendered > 0 && tally.faults.length === 0;
  } finally {
    prover.close();
  }
}

exitWith(main(Number(process.env['RECORDS_DOCS']), Number(process.env['RECORDS_SEED'])));
