/** The tables are data, so that the same rows can run through Helm 3 and Helm 4: each was made from both. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '../../../lib/engine';
import { ValuesInputError, finalValues, readValuesInput } from '../../../lib/engine/renderers';
import { catalogueOfTree, type ChartTree } from '../../equivalence/inside/tree';
import insideTable from './inside-table.json';
import mergeTable from './merge-table.json';
import setTable from './set-table.json';
import yamlTable from './yaml-table.json';

interface Row {
  name: string;
  files: string[];
  set: string[];
  setString: string[];
  defaults?: JsonObject;
  /** The charts inside. */
  inside?: ChartTree[];
  /** The overrides, or with defaults the coalesced values. */
  expected?: JsonObject;
  /** The sentence of our first problem. */
  refused?: string;
  /** The Helm versions which read what we refuse. */
  acceptedBy?: string[];
  /** Where Helm 3 gives another result than Helm 4, which we follow. */
  expectedByHelm3?: JsonObject;
}

const directory = mkdtempSync(join(tmpdir(), 'values-input-'));
afterAll(() => rmSync(directory, { recursive: true }));

function read({ files, set, setString, defaults, inside = [] }: Row): JsonObject {
  const paths = files.map((text, index) => {
    const path = join(directory, `${index}.yaml`);
    writeFileSync(path, text);
    return path;
  });
  const { overrides } = readValuesInput({ files: paths, set, setString });
  return defaults === undefined
    ? overrides
    : finalValues(catalogueOfTree({ name: 'table', defaults, inside }), overrides);
}

function refusal(row: Row): string {
  try {
    return JSON.stringify(read(row));
  } catch (error) {
    if (error instanceof ValuesInputError) return error.problems[0]?.message ?? '';
    throw error;
  }
}

// The compiler infers one exact type for each row of the JSON; the rows share `Row`.
const tables: [string, Row[]][] = [
  ['YAML', yamlTable as unknown as Row[]],
  ['--set', setTable as unknown as Row[]],
  ['merging', mergeTable as unknown as Row[]],
  ['charts inside', insideTable as unknown as Row[]],
];

describe.each(tables)('%s as Helm reads it', (_, rows) => {
  test.each(rows)('$name', (row) => {
    if (row.refused === undefined) expect(read(row)).toEqual(row.expected);
    else expect(refusal(row)).toBe(row.refused);
  });
});
