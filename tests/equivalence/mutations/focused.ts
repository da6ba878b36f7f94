/**
 * The proof in a short form, bundled with one mutation: exit 3 when it sees a difference, 0 when it does not, and
 * anything else when it does not even run.
 */
import { proveCharts } from '../charts/prove';
import { proveExpressions } from '../expressions/prove';
import { deliver, type Draft, type Entry } from '../documents';
import type { Way } from '../documents/draft';
import { library } from '../inside/library';
import { platform } from '../platform';
import { withChart } from '../proof/chart';
import { judge } from '../proof/judge';
import { Prover } from '../proof/prover';
import { mutations } from './index';
import type { Mutation, Shown } from './mutation';

const SEEN = 3;
const TREES = 4000;
const CHARTS = 300;

function draftOf({ values = {}, later = {}, release, way = 'file' }: Shown): Draft {
  const entriesOf = (from: typeof values, by: Way): Entry[] =>
    Object.entries(from).map(([path, value]) => ({ path: path.split('.'), value, way: by }));
  const entries = [...entriesOf(values, way), ...entriesOf(later, 'second file')];
  return { release: { name: 'r', namespace: 'default', ...release }, entries, style: 'json', joined: false };
}

async function findings(prover: Prover, seenBy: readonly Shown[]): Promise<string[]> {
  const found: string[] = [];
  for (const shown of seenBy) {
    const { description } = shown.chart === 'library' ? library : platform;
    const verdict = await withChart(description, (chart) => judge(prover, chart, deliver(draftOf(shown))));
    found.push(...verdict.findings.map((finding) => JSON.stringify(finding)));
  }
  return found;
}

async function foundBy(prover: Prover, seenBy: Mutation['seenBy'] | undefined): Promise<readonly string[]> {
  if (typeof seenBy === 'object') return findings(prover, seenBy);
  return seenBy === 'charts'
    ? (await proveCharts(prover, CHARTS, 1)).faults
    : proveExpressions(prover, TREES, 1);
}

async function main(name: string): Promise<number> {
  const seenBy = mutations.find((mutation) => mutation.name === name)?.seenBy;
  const prover = new Prover();
  try {
    const found = await foundBy(prover, seenBy);
    console.log(found[0] ?? 'no difference');
    return found.length === 0 ? 0 : SEEN;
  } finally {
    prover.close();
  }
}

main(process.argv[2] ?? '').then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
