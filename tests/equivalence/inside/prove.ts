import { Documents } from '../documents';
import { chartsInside } from '../proof/chart';
import { Conditions } from '../proof/conditions';
import { proveDocuments } from '../proof/documents';
import { faultText, tallyLine } from '../proof/report';
import type { Run } from '../proof/run';
import { subjectOf } from '../subject';

/** For so many documents of the outermost chart, one of each chart inside. */
const OF_EACH = 5;

/** Each chart inside, installed alone: the folder below `charts` is a chart, too. */
export async function proveInside({ prover, chart, docs, seed, failures }: Run): Promise<void> {
  for (const inner of chartsInside(chart)) {
    const subject = subjectOf(inner.description);
    const alone = { name: `${inner.description.facts.name}, alone`, files: [] };
    const tally = await proveDocuments(
      prover,
      inner,
      new Documents(subject),
      alone,
      Math.ceil(docs / OF_EACH),
      seed,
      new Conditions(inner.description),
    );
    console.log(tallyLine(tally));
    failures.push(...tally.faults.map((fault) => faultText(fault, alone.name, tally.seed)));
  }
}
