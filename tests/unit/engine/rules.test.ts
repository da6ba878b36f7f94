import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  closed,
  defineChart,
  greaterThan,
  group,
  integer,
  listOf,
  mapOf,
  rulesOfEach,
} from '../../../lib/engine';
import { problemLine, renderChart, renderRelease } from '../../../lib/engine/renderers';

const Port = closed({ number: integer('The number', 0, 100) }, 'A port');
const defined = defineChart({
  facts: { name: 'ports', version: '0.1.0', appVersion: '1.0.0' },
  metadata: { description: 'Has ports' },
  values: {
    list: group(listOf(Port, 'Some'), [{ number: 1 }]),
    map: group(mapOf(Port, 'Others'), { web: { number: 1 } }),
  },
});
const { values } = defined;
const rules = [
  rulesOfEach(values.list, ['i', 'port'], ({ number }) => [
    { path: 'number', broken: greaterThan(number, 50), sentence: 'must be at most 50' },
  ]),
  rulesOfEach(values.map, ['name', 'other'], ({ number }) => [
    { path: 'number', broken: greaterThan(number, 50), sentence: 'must be at most 50' },
  ]),
];
const chart = defined.describe({ objects: () => undefined, rules });

function problemsOf(file: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  try {
    const path = join(folder, 'v.yaml');
    writeFileSync(path, file);
    const { problems } = renderRelease(chart, {
      release: { name: 'r', namespace: 'n' },
      files: [path],
    });
    return problems.map((problem) => problemLine(problem).replace(`${folder}/`, ''));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a rule of each item is told where the schema tells of one', () => {
  expect(problemsOf('list:\n  - number: 2\n  - number: 60\n')).toEqual([
    'v.yaml:3:5: list[1].number: must be at most 50',
  ]);
  expect(problemsOf('list:\n  - number: 2\n  - number: 600\n')).toEqual([
    'v.yaml:3:5: list[1].number: must be at most 100, not 600',
  ]);
});

test('an entry whose key has a dot is found in the file', () => {
  expect(problemsOf('map:\n  a.b:\n    number: 60\n')).toEqual([
    'v.yaml:3:5: map.a.b.number: must be at most 50',
  ]);
});

test('the chart says the same path', () => {
  const template = renderChart(chart).get('templates/_rules.tpl');
  expect(template).toContain('(printf "list[%d].number must be at most 50" $i)');
  expect(template).toContain('(printf "map.%s.number must be at most 50" $name)');
});
