import { parse } from 'yaml';
import { documentedValues, membersOf, resolved, schemaAt } from '../../../lib/engine/renderers';
import { chartReadme } from '../../../lib/render/readme';
import { defaultValues, Values, catalogue } from '../../../lib/umbrella';

const text = documentedValues(catalogue);
const lines = text.split('\n');

/** The paths of all leaves that the schema knows by name. */
function leaves(path: readonly string[]): string[][] {
  const schema = schemaAt(Values, path);
  const members = schema === undefined ? [] : Object.keys(membersOf(schema));
  return members.length === 0 ? [[...path]] : members.flatMap((key) => leaves([...path, key]));
}

describe('values.yaml', () => {
  test('is the defaults', () => {
    expect(parse(text, { version: '1.1' })).toEqual(defaultValues());
  });

  test('has the order of the schema', () => {
    const keys = lines.flatMap((line) => /^([A-Za-z]+):/.exec(line)?.[1] ?? []);
    expect(keys).toEqual(Object.keys(membersOf(Values)).filter((key) => key in defaultValues()));
  });

  test('has a blank line before each group', () => {
    const groups = lines.flatMap((line, i) => (/^[A-Za-z]+:/.test(line) ? [i] : []));
    for (const i of groups) {
      const before = lines.slice(0, i).reverse();
      expect(before[before.findIndex((line) => !line.startsWith('#'))]).toBe('');
    }
  });

  test('describes what is special to a service, and what is common once', () => {
    const described = (sentence: string): number =>
      lines.filter((line) => line.trim() === `# -- ${sentence}`).length;
    expect(described('Deploy this service')).toBe(1);
    expect(described('A pool of gpu.pools')).toBe(1);
    expect(described(resolved(schemaAt(Values, ['services', 'splade']) ?? Values).description ?? '')).toBe(1);
  });
});

describe('README.md', () => {
  const readme = chartReadme(['dev', 'prod']);
  const rows = readme.split('\n').filter((line) => line.startsWith('| `'));

  test('has a row for every leaf of the schema', () => {
    const paths = new Set(rows.map((row) => /^\| `([^`]+)`/.exec(row)?.[1] ?? ''));
    const missing = leaves([]).filter(
      (path) =>
        !paths.has(path.join('.')) &&
        !paths.has([path[0], '<name>', ...path.slice(2)].join('.')) &&
        !paths.has([...path.slice(0, 2), '<name>', ...path.slice(3)].join('.')),
    );
    expect(missing.map((path) => path.join('.'))).toEqual([]);
  });

  test('has no row twice, and describes each', () => {
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows.filter((row) => / \|  \|$/.test(row))).toEqual([]);
  });

  test('tells how lists and maps of a knob merge', () => {
    for (const knob of ['labels', 'tolerations', 'extraEnv']) {
      expect(rows.find((row) => row.includes(`\`defaults.${knob}\``))).toMatch(/Maps merge|Lists are joined/);
    }
  });

  test('says which services have a value that others lack', () => {
    expect(rows.find((row) => row.includes('`services.<name>.gpu.count`'))).toMatch(/\(.*splade.*\)/);
  });
});
