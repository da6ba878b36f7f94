/** `npm run prove`: that the chart under both Helms and our own renderer say the same. README.md tells how to read it. */
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { Argument, Command, InvalidArgumentError } from 'commander';
import { ENVIRONMENTS } from '../../lib/umbrella/environments';
import { proveHelpers } from './expressions/helpers';
import { proveExpressions } from './expressions/prove';
import { writeChart } from './proof/chart';
import { Conditions } from './proof/conditions';
import { proveDocuments, type Tally } from './proof/documents';
import { environment } from './proof/environments';
import { proveMoved } from './proof/moved';
import { description } from './proof/ours';
import { buildProver, MissingProgram, Prover } from './proof/prover';
import { proveSamples } from './proof/samples';
import { proveTables } from './proof/tables';
import { faultText, LEAST_RENDERED, tallyLine } from './proof/report';

/** So many documents have to show every condition both ways: 300 for each of three environments, which is CI's full form. */
const ENOUGH = 900;

/** Conditions that cannot be seen both ways, and why. */
const ONE_SIDED: Readonly<Record<string, string>> = {};

/** What is proven, each by itself on demand: `prove tables`. */
const PARTS = ['documents', 'samples', 'helpers', 'expressions', 'tables', 'moved', 'records'] as const;
type Part = (typeof PARTS)[number];

/** Documents of each environment that the real programs render too. */
const SAMPLES = 5;
/** Trees of expressions for each document. */
const TREES = 5;
/** For so many documents of an environment, one of drawn records: their chart is twice as large. */
const OF_RECORDS = 20;

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

interface Run extends Options {
  readonly prover: Prover;
  readonly chart: string;
  /** What is not proven. */
  readonly failures: string[];
}

async function proveAllDocuments({ prover, chart, docs, env, seed, report, failures }: Run): Promise<void> {
  const conditions = new Conditions(description);
  const tallies: Tally[] = [];
  for (const [i, name] of env.entries()) {
    const tally = await proveDocuments(prover, chart, environment(name), docs, seed + i, conditions);
    tallies.push(tally);
    console.log(tallyLine(tally));
    failures.push(...tally.faults.map((fault) => faultText(fault, name, tally.seed)));
    if (tally.rendered < LEAST_RENDERED * tally.documents)
      failures.push(`${name}: less than ${LEAST_RENDERED * 100} % of the documents render`);
  }
  if (report !== undefined)
    writeFileSync(
      report,
      `${JSON.stringify({ seed, tallies, conditions: Object.fromEntries(conditions.seen), failures }, null, 2)}\n`,
    );
  judgeConditions(conditions, docs * env.length, failures);
}

/** A few documents cannot show everything. */
function judgeConditions(conditions: Conditions, documents: number, failures: string[]): void {
  const oneSided = conditions.oneSided();
  const unseen = oneSided
    .filter(({ condition }) => !(condition in ONE_SIDED))
    .map(({ condition, always }) => `${always ? 'always' : 'never'} holds: ${condition}`);
  const stale = Object.keys(ONE_SIDED)
    .filter((name) => !oneSided.some(({ condition }) => condition === name))
    .map((name) => `listed in ONE_SIDED, but seen both ways or gone: ${name}`);
  console.log(
    `  ${conditions.seen.size} conditions and rules: ${conditions.seen.size - oneSided.length} seen both ways`,
  );
  if (documents >= ENOUGH) failures.push(...unseen, ...stale);
  else unseen.forEach((line) => console.log(`  ${line}`));
}

async function proveAllSamples({ prover, chart, env, seed, failures }: Run): Promise<void> {
  for (const [i, name] of env.entries()) {
    const faults = await proveSamples(prover, chart, environment(name), SAMPLES, seed + 1000 + i);
    failures.push(
      ...faults.map(
        ({ document, findings }) =>
          `${name}: ${JSON.stringify(document)}\n${JSON.stringify(findings, null, 2)}`,
      ),
    );
  }
  console.log(`  samples: ${SAMPLES} documents for each environment through the programs helm3 and helm4`);
}

async function proveAllExpressions({ prover, chart, docs, seed, failures }: Run): Promise<void> {
  failures.push(...(await proveExpressions(prover, chart, docs * TREES, seed)));
  console.log(`  expressions: ${docs * TREES} random trees`);
}

async function proveAllHelpers({ prover, chart, docs, seed, failures }: Run): Promise<void> {
  const { calls, faults } = await proveHelpers(prover, chart, description, docs, seed);
  failures.push(...faults);
  console.log(`  helpers: ${calls} calls`);
}

async function proveAllTables({ prover, failures }: Run): Promise<void> {
  const { rows, faults } = await proveTables(prover);
  failures.push(...faults);
  console.log(`  tables: ${rows} rows of tests/unit/values-input`);
}

async function proveAllMoved({ prover, failures }: Run): Promise<void> {
  const { keys, faults } = await proveMoved(prover);
  failures.push(...faults);
  console.log(`  moved: ${keys} documents of a small chart with old keys`);
}

/** A program of its own: its services are other ones. */
function proveAllRecords({ docs, seed, failures }: Run): Promise<void> {
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', 'build/prove-records.js'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      RECORDS_DOCS: String(Math.ceil(docs / OF_RECORDS)),
      RECORDS_SEED: String(seed),
    },
  });
  if (status !== 0) failures.push('drawn records: see above');
  return Promise.resolve();
}

const PROOFS: Readonly<Record<Part, (run: Run) => Promise<void>>> = {
  documents: proveAllDocuments,
  samples: proveAllSamples,
  helpers: proveAllHelpers,
  expressions: proveAllExpressions,
  tables: proveAllTables,
  moved: proveAllMoved,
  records: proveAllRecords,
};

async function main(parts: readonly Part[], options: Options): Promise<boolean> {
  buildProver();
  const chart = writeChart();
  const prover = new Prover();
  const failures: string[] = [];
  try {
    console.log(
      `${options.docs} documents for each of ${options.env.join(', ')}; seed ${options.seed} (again with --seed ${options.seed})`,
    );
    for (const part of parts) await PROOFS[part]({ ...options, prover, chart, failures });
  } finally {
    prover.close();
    rmSync(chart, { recursive: true });
  }
  for (const failure of failures) console.error(failure);
  console.log(
    failures.length === 0 ? 'Proven: equal on Helm 3 and Helm 4.' : `NOT proven: ${failures.length} faults.`,
  );
  return failures.length === 0;
}

const command = new Command('prove')
  .addArgument(new Argument('[parts...]', 'what is proven').choices(PARTS).default([...PARTS]))
  .option(
    '--docs <count>',
    'documents for each environment',
    natural,
    Number(process.env['PROVE_DOCS'] ?? 200),
  )
  .option('--env <name...>', 'environments', [...ENVIRONMENTS])
  .option(
    '--seed <number>',
    'seed of all randomness',
    natural,
    Number(process.env['PROVE_SEED'] ?? Date.now() % 1_000_000),
  )
  .option('--report <file>', 'write the figures as JSON');

command.parse();
main(command.processedArgs[0] as readonly Part[], command.opts<Options>()).then(
  (proven) => {
    process.exitCode = proven ? 0 : 1;
  },
  (error: unknown) => {
    console.error(error instanceof MissingProgram ? error.message : error);
    process.exitCode = error instanceof MissingProgram ? 2 : 1;
  },
);
