/** `npm run prove`: that the chart under both Helms and our own renderer say the same. README.md tells how to read it. */
import { spawnSync } from 'node:child_process';
import { Argument } from 'commander';
import { proveCharts } from './charts/prove';
import { Documents } from './documents';
import { proveHelpers } from './expressions/helpers';
import { proveExpressions } from './expressions/prove';
import { library } from './inside/library';
import { proveInside } from './inside/prove';
import { proveValuesInside } from './inside/values';
import { exitWith, proveCommand, type Options } from './options';
import { platform } from './platform';
import { withChart } from './proof/chart';
import { proveKeys } from './proof/keys';
import { proveAllDocuments, proveAllSamples, proven, type Run } from './proof/run';
import { proveMoved } from './proof/moved';
import { proveTables } from './proof/tables';

/** What is proven, each by itself on demand: `prove tables`. */
const PARTS = [
  'documents',
  'samples',
  'helpers',
  'expressions',
  'tables',
  'moved',
  'inside',
  'charts',
  'records',
] as const;
type Part = (typeof PARTS)[number];

/** Trees of expressions for each document. */
const TREES = 5;
/** For so many documents of an environment, one of drawn records: their chart is twice as large. */
const OF_RECORDS = 20;
/** For so many documents of an environment, one drawn chart. */
const OF_CHARTS = 5;

async function proveAllExpressions({ prover, docs, seed, failures }: Run): Promise<void> {
  failures.push(...(await proveExpressions(prover, docs * TREES, seed)));
  console.log(`  expressions: ${docs * TREES} random trees`);
}

async function proveAllHelpers({
  prover,
  chart,
  documents,
  subject,
  docs,
  seed,
  failures,
}: Run): Promise<void> {
  const { calls, faults } = await proveHelpers(prover, chart, documents, subject.hints, docs, seed);
  failures.push(...faults);
  console.log(`  helpers: ${calls} calls`);
}

async function proveAllTables({ prover, failures }: Run): Promise<void> {
  const { rows, faults } = await proveTables(prover);
  const long = await proveKeys(prover);
  failures.push(...faults, ...long.faults);
  console.log(
    `  tables: ${rows} rows of tests/unit/values-input, ${long.keys} keys that are nearly too long`,
  );
}

async function proveAllMoved({ prover, failures }: Run): Promise<void> {
  const { keys, faults } = await proveMoved(prover);
  failures.push(...faults);
  console.log(`  moved: ${keys} documents of a small chart with old keys`);
}

/** A chart with charts inside, at two levels; and how the values of such charts come about. */
async function proveSample({ prover, docs, seed, failures }: Run): Promise<void> {
  await withChart(library.description, async (chart) => {
    const run = { prover, subject: library, chart, documents: new Documents(library), docs, seed, failures };
    await proveAllDocuments(run);
    await proveInside(run);
  });
  failures.push(...(await proveValuesInside(prover, docs, seed)));
  console.log(`  values of charts inside: ${docs} random charts`);
}

/** Whole charts that are drawn: what an author may write, and not what a user may set. */
async function proveAllCharts({ prover, docs, seed, failures }: Run): Promise<void> {
  const { charts, refused, documents, rendered, faults } = await proveCharts(
    prover,
    Math.ceil(docs / OF_CHARTS),
    seed,
  );
  failures.push(...faults);
  console.log(
    `  charts: ${charts} drawn, ${refused} refused as they have to be; ${documents} documents, ${rendered} rendered`,
  );
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

const PROOFS: Readonly<Record<Part, (run: Run, options: Options) => Promise<void>>> = {
  documents: (run, { report }) => proveAllDocuments(run, report),
  samples: proveAllSamples,
  helpers: proveAllHelpers,
  expressions: proveAllExpressions,
  tables: proveAllTables,
  moved: proveAllMoved,
  inside: proveSample,
  charts: proveAllCharts,
  records: proveAllRecords,
};

const command = proveCommand()
  .addArgument(new Argument('[parts...]', 'what is proven').choices(PARTS).default([...PARTS]))
  .option('--env <name...>', 'environments')
  .parse();
const options = command.opts<Options & { readonly env?: readonly string[] }>();
const environments = platform.environments.filter(({ name }) => options.env?.includes(name) ?? true);
exitWith(
  proven({ ...platform, environments }, options, async (run) => {
    // What `choices` lets through.
    for (const part of command.processedArgs[0] as readonly Part[]) await PROOFS[part](run, options);
  }),
);
