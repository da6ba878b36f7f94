import { writeFileSync } from 'node:fs';
import { Documents } from '../documents';
import type { Subject } from '../subject';
import { withChart, type PrintedChart } from './chart';
import { Conditions } from './conditions';
import { proveDocuments, type Tally } from './documents';
import { buildProver, Prover } from './prover';
import { faultText, tallyLine } from './report';
import { proveSamples } from './samples';

/** Where a subject does not say it: a proof of refusals proves little. */
const LEAST_RENDERED = 0.1;
/** So many documents have to show every condition both ways: 300 for each of three environments, which is CI's full form. */
const ENOUGH = 900;
/** Documents of each environment that the real programs render too. */
const SAMPLES = 5;

/** A subject under proof. */
export interface Run {
  readonly prover: Prover;
  readonly subject: Subject;
  readonly chart: PrintedChart;
  readonly documents: Documents;
  /** How many documents for each environment. */
  readonly docs: number;
  readonly seed: number;
  /** What is not proven. */
  readonly failures: string[];
}

/** Proves something on a subject's chart and says how it ends: whether all of it is proven. */
export async function proven(
  subject: Subject,
  options: Pick<Run, 'docs' | 'seed'>,
  prove: (run: Run) => Promise<void>,
): Promise<boolean> {
  buildProver();
  const prover = new Prover();
  const failures: string[] = [];
  const names = subject.environments.map(({ name }) => name).join(', ');
  console.log(
    `${options.docs} documents for each of ${names}; seed ${options.seed} (again with --seed ${options.seed})`,
  );
  try {
    await withChart(subject.description, (chart) =>
      prove({ ...options, prover, subject, chart, documents: new Documents(subject), failures }),
    );
  } finally {
    prover.close();
  }
  for (const failure of failures) console.error(failure);
  console.log(
    failures.length === 0 ? 'Proven: equal on Helm 3 and Helm 4.' : `NOT proven: ${failures.length} faults.`,
  );
  return failures.length === 0;
}

/** Proves random documents for each environment; what was seen goes into a file on demand. */
export async function proveAllDocuments(run: Run, report?: string): Promise<void> {
  const { prover, chart, documents, subject, docs, seed, failures } = run;
  const { rendered = LEAST_RENDERED, ruleName } = subject.hints;
  const conditions = new Conditions(subject.description, ruleName);
  const tallies: Tally[] = [];
  for (const [i, environment] of subject.environments.entries()) {
    const tally = await proveDocuments(prover, chart, documents, environment, docs, seed + i, conditions);
    tallies.push(tally);
    console.log(tallyLine(tally));
    failures.push(...tally.faults.map((fault) => faultText(fault, environment.name, tally.seed)));
    if (rendersTooFew(tally, rendered))
      failures.push(`${environment.name}: less than ${rendered * 100} % of the documents render`);
  }
  if (report !== undefined)
    writeFileSync(
      report,
      `${JSON.stringify({ seed, tallies, conditions: Object.fromEntries(conditions.seen), failures }, null, 2)}\n`,
    );
  judgeConditions(conditions, run);
}

/** Whether fewer documents render than chance explains where a share of all of them does: a few tell little of it. */
export function rendersTooFew(
  { documents, rendered }: Pick<Tally, 'documents' | 'rendered'>,
  share: number,
): boolean {
  const deviation = Math.sqrt(documents * share * (1 - share));
  return rendered < share * documents - 3 * deviation;
}

/** A few documents cannot show everything, and of a chart that is not known better everything need not be seen. */
function judgeConditions(conditions: Conditions, { subject, docs, failures }: Run): void {
  const { oneSided: listed } = subject.hints;
  const oneSided = conditions.oneSided();
  const unseen = oneSided
    .filter(({ condition }) => !(condition in (listed ?? {})))
    .map(({ condition, always }) => `${always ? 'always' : 'never'} holds: ${condition}`);
  const stale = Object.keys(listed ?? {})
    .filter((name) => !oneSided.some(({ condition }) => condition === name))
    .map((name) => `listed as one-sided, but seen both ways or gone: ${name}`);
  console.log(
    `  ${conditions.seen.size} conditions and rules: ${conditions.seen.size - oneSided.length} seen both ways`,
  );
  if (listed !== undefined && docs * subject.environments.length >= ENOUGH)
    failures.push(...unseen, ...stale);
  else unseen.forEach((line) => console.log(`  ${line}`));
}

/** Proves a few documents through the programs that people have. */
export async function proveAllSamples({
  prover,
  chart,
  documents,
  subject,
  seed,
  failures,
}: Run): Promise<void> {
  for (const [i, environment] of subject.environments.entries()) {
    const faults = await proveSamples(prover, chart, documents, environment, SAMPLES, seed + 1000 + i);
    failures.push(
      ...faults.map(
        ({ document, findings }) =>
          `${environment.name}: ${JSON.stringify(document)}\n${JSON.stringify(findings, null, 2)}`,
      ),
    );
  }
  console.log(`  samples: ${SAMPLES} documents for each environment through the programs helm3 and helm4`);
}
