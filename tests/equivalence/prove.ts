/** `npm run prove`: that the chart under both Helms and our own renderer say the same. README.md tells how to read it. */
import { rmSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { writeChart } from './proof/chart';
import { Conditions } from './proof/conditions';
import { proveDocuments, type Tally } from './proof/documents';
import { environment, ENVIRONMENTS } from './proof/environments';
import { description } from './proof/ours';
import { buildProver, MissingProgram, Prover } from './proof/prover';
import { faultText, LEAST_RENDERED, tallyLine } from './proof/report';

/** So many documents have to show every condition both ways. */
const ENOUGH = 500;

/** Conditions that cannot be seen both ways, and why. */
const ONE_SIDED: Readonly<Record<string, string>> = {
  'deployment: .Values.external.llm.model': 'one condition asks for every variable of a peer; the name of the model is never empty',
};

interface Options {
  readonly docs: number;
  readonly env: readonly string[];
  readonly seed: number;
  readonly report?: string;
}

function natural(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('a whole number is needed.');
  return Number(text);
}

async function main({ docs, env, seed, report }: Options): Promise<boolean> {
  buildProver();
  const chart = writeChart();
  const prover = new Prover();
  const failures: string[] = [];
  try {
    console.log(`${docs} documents for each of ${env.join(', ')}; seed ${seed} (again with --seed ${seed})`);
    const conditions = new Conditions(description);
    const tallies: Tally[] = [];
    for (const [i, name] of env.entries()) {
      const tally = await proveDocuments(prover, chart, environment(name), docs, seed + i, conditions);
      tallies.push(tally);
      console.log(tallyLine(tally));
      failures.push(...tally.faults.map((fault) => faultText(fault, name, tally.seed)));
      if (tally.rendered < LEAST_RENDERED * tally.documents) failures.push(`${name}: less than ${LEAST_RENDERED * 100} % of the documents render`);
    }
    if (report !== undefined) writeFileSync(report, `${JSON.stringify({ seed, tallies, conditions: Object.fromEntries(conditions.seen), failures }, null, 2)}\n`);
    const oneSided = conditions.oneSided().filter(({ condition }) => !(condition in ONE_SIDED));
    console.log(`  ${conditions.seen.size} conditions and rules, ${oneSided.length} of them never seen to hold, or never seen not to`);
    // A few documents cannot show everything.
    const unseen = oneSided.map(({ condition, always }) => `${always ? 'always' : 'never'} holds: ${condition}`);
    if (docs * env.length >= ENOUGH) failures.push(...unseen);
    else unseen.forEach((line) => console.log(`  ${line}`));
  } finally {
    prover.close();
    rmSync(chart, { recursive: true });
  }
  for (const failure of failures) console.error(failure);
  return failures.length === 0;
}

const command = new Command('prove')
  .option('--docs <count>', 'documents for each environment', natural, Number(process.env['PROVE_DOCS'] ?? 200))
  .option('--env <name...>', 'environments', [...ENVIRONMENTS])
  .option('--seed <number>', 'seed of all randomness', natural, Number(process.env['PROVE_SEED'] ?? Date.now() % 1_000_000))
  .option('--report <file>', 'write the figures as JSON');

main(command.parse().opts<Options>()).then(
  (proven) => {
    process.exitCode = proven ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof MissingProgram ? error.message : error);
    process.exitCode = error instanceof MissingProgram ? 2 : 1;
  },
);
