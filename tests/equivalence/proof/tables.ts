import { rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../../lib/engine';
import insideTable from '../../unit/values-input/inside-table.json';
import mergeTable from '../../unit/values-input/merge-table.json';
import setTable from '../../unit/values-input/set-table.json';
import yamlTable from '../../unit/values-input/yaml-table.json';
import { writeFiles } from './chart';
import { filesOfTree, type ChartTree } from '../inside/tree';
import type { Helm } from './judge';
import { inParallel, type Prover } from './prover';

/** A row of the tables, which `tests/unit/values-input` runs through our own reader. */
interface Row {
  readonly name: string;
  readonly files: readonly string[];
  readonly set: readonly string[];
  readonly setString: readonly string[];
  readonly defaults?: JsonObject;
  /** The charts inside. */
  readonly inside?: readonly ChartTree[];
  readonly expected?: JsonObject;
  readonly refused?: string;
  /** The Helm versions which read what we refuse. */
  readonly acceptedBy?: readonly string[];
  readonly expectedByHelm3?: JsonObject;
}

const ROWS = [yamlTable, setTable, mergeTable, insideTable].flatMap((table) => table as unknown as Row[]);

/** Runs the tables of the values input through both Helms: what they say that Helm reads, it has to read. */
export async function proveTables(prover: Prover): Promise<{ rows: number; faults: string[] }> {
  const charts = new Map<string, string>();
  const faults: string[] = [];
  try {
    await inParallel(ROWS, 4, async (row) => {
      const { defaults = {}, inside = [] } = row;
      const key = JSON.stringify([defaults, inside]);
      const chart = charts.get(key) ?? writeFiles(filesOfTree({ name: 'table', defaults, inside }));
      charts.set(key, chart);
      const answer = await prover.values({ chart, files: row.files, set: row.set, setString: row.setString });
      faults.push(...(['helm3', 'helm4'] as const).flatMap((helm) => faultsOf(row, helm, answer[helm])));
    });
  } finally {
    for (const chart of charts.values()) rmSync(chart, { recursive: true });
  }
  return { rows: ROWS.length, faults };
}

function faultsOf(
  row: Row,
  helm: Helm,
  { error, values }: { error: string | null; values: JsonObject | null },
): string[] {
  const fault = (wanted: string): string[] => [
    `table: ${row.name}: ${helm} ${error === null ? `reads ${JSON.stringify(values)}` : `fails: ${error}`}, not ${wanted}`,
  ];
  if (row.refused !== undefined) {
    const accepts = row.acceptedBy?.includes(helm) ?? false;
    return accepts === (error === null) ? [] : fault(accepts ? 'a map of values' : 'a failure');
  }
  const expected = helm === 'helm3' ? (row.expectedByHelm3 ?? row.expected) : row.expected;
  return error === null && isDeepStrictEqual(values, expected) ? [] : fault(JSON.stringify(expected));
}
