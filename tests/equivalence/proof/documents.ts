import { deliver, repaired, withOverrides, type Documents, type Draft } from '../documents';
import type { Environment } from '../subject';
import type { PrintedChart } from './chart';
import type { Conditions } from './conditions';
import { judge, sameFault, type Finding, type Verdict } from './judge';
import { brokenPaths } from './ours';
import { Progress } from './progress';
import { inParallel, type Prover } from './prover';
import { shrink } from './shrink';

/** Both Helms work on two documents while we make the next ones. */
const DEPTH = 4;
/** One in so many documents gets values that contradict each other, and keeps them; two more get a rare value. */
const TURN = 8;
/** After so many faults nobody reads the next one. */
const MOST_FAULTS = 5;

/** A document that is not equal, made small. */
export interface Fault {
  readonly draft: Draft;
  readonly findings: readonly Finding[];
}

/** What came out for one environment. */
export interface Tally {
  readonly environment: string;
  readonly seed: number;
  documents: number;
  rendered: number;
  objects: number;
  overrides: number;
  readonly refused: Record<'reading' | 'schema' | 'rules' | 'objects', number>;
  readonly faults: Fault[];
  milliseconds: number;
}

/** Renders random documents on top of an environment, in three ways, and compares. */
export async function proveDocuments(
  prover: Prover,
  chart: PrintedChart,
  documents: Documents,
  environment: Environment,
  count: number,
  seed: number,
  conditions: Conditions,
): Promise<Tally> {
  const start = Date.now();
  const tally: Tally = {
    environment: environment.name,
    seed,
    documents: 0,
    rendered: 0,
    objects: 0,
    overrides: 0,
    refused: { reading: 0, schema: 0, rules: 0, objects: 0 },
    faults: [],
    milliseconds: 0,
  };
  const progress = new Progress(`  ${environment.name}`, count);
  const check = (draft: Draft): Promise<Verdict> => judge(prover, chart, deliver(draft, environment.files));
  await inParallel(documents.drafts(count, seed), DEPTH, async (random, index) => {
    if (tally.faults.length >= MOST_FAULTS) return;
    const draft = inTurn(documents, random, index + seed * count, (tried) =>
      brokenPaths(chart.description, deliver(tried, environment.files)),
    );
    const verdict = await check(draft);
    add(tally, draft, verdict, conditions);
    if (verdict.findings.length > 0) tally.faults.push(await smallest(draft, verdict.findings, check));
    progress.show(tally.documents, `rendered ${tally.rendered}, different ${tally.faults.length}`);
  });
  tally.milliseconds = Date.now() - start;
  return tally;
}

type Complaints = (draft: Draft) => readonly (readonly string[])[];

/** Random documents miss what is rare: every few of them get it in turn. */
function inTurn(documents: Documents, random: Draft, index: number, complaints: Complaints): Draft {
  const turn = Math.floor(index / TURN);
  if (index % TURN === 0) return contradicting(documents, random, turn, complaints);
  return repaired(index % TURN === 4 ? documents.withRarity(random, turn) : random, complaints);
}

/** By itself, where the rest of the document would be refused before; without a hint, what is broken stays so. */
function contradicting(documents: Documents, random: Draft, turn: number, complaints: Complaints): Draft {
  const contradiction = documents.contradiction(turn);
  if (contradiction === undefined) return random;
  const draft = withOverrides(repaired(random, complaints), contradiction);
  return complaints(draft).length > 0 ? draft : withOverrides({ ...random, entries: [] }, contradiction);
}

function add(tally: Tally, draft: Draft, { ours, objects }: Verdict, conditions: Conditions): void {
  tally.documents += 1;
  tally.overrides += draft.entries.length;
  if (ours.kind === 'rendered') {
    tally.rendered += 1;
    tally.objects += objects;
    conditions.count(ours.scope, true);
  } else if (ours.kind === 'refused') {
    tally.refused[ours.by] += 1;
    if (ours.by === 'rules') conditions.count(ours.scope, false);
  }
}

async function smallest(
  draft: Draft,
  findings: readonly Finding[],
  check: (draft: Draft) => Promise<Verdict>,
): Promise<Fault> {
  const small = await shrink(draft, async (candidate) =>
    sameFault((await check(candidate)).findings, findings),
  );
  return { draft: small, findings: (await check(small)).findings };
}
