import { KubeConfigMap } from 'cdk8s-plus-28/lib/imports/k8s';
import {
  addObject,
  closed,
  defineChart,
  eachEntry,
  group,
  integer,
  line,
  lower,
  NamedTemplate,
  DescribedConstruct,
  spreadEach,
  spreadMap,
  stringMap,
  TemplateFolder,
} from '../../../lib/engine';
import {
  evaluationScope,
  finalValues,
  parseValuesText,
  problemLine,
  renderRelease,
  valuesProblems,
} from '../../../lib/engine/renderers';

const defined = defineChart({
  facts: { name: 'keys', version: '0.1.0', appVersion: '1.0.0' },
  metadata: { description: 'Keys' },
  values: { labels: group(stringMap('Labels'), {}), entries: group(stringMap('Entries'), {}) },
});
const { values } = defined;

class Keys extends DescribedConstruct {
  constructor(folder: TemplateFolder) {
    super(folder, 'keys', { source: 'here' });
    const part = new NamedTemplate('part', [{ path: ['data'], given: {} }], 'A part.');
    this.named = { file: 'map', templates: [part] };
    const entries = eachEntry(values.entries, ['key', 'value'], (key, value) => ({ key: lower(key), value }));
    addObject(this, 'map', KubeConfigMap, {
      metadata: { name: 'm', labels: { app: 'ours', ...spreadMap(values.labels) } },
      data: { always: 'there', ...spreadEach(entries) },
    });
  }
}
const chart = defined.describe({ objects: (app) => new Keys(new TemplateFolder(app, 'keys')) });

function problemsOf(...set: readonly string[]): string[] {
  const release = { name: 'r', namespace: 'n' };
  return renderRelease(chart, { release, setString: set }).problems.map(problemLine);
}

describe('a key that no map can have is a problem like others', () => {
  test.each<[string, readonly string[], string]>([
    [
      'of a map that is spread',
      ['labels.app=theirs'],
      'labels.app: keys/map.metadata.labels: the key app is given twice',
    ],
    ['of a loop', ['entries.always=1'], 'entries: keys/map.data: the key always is given twice'],
    ['of two rounds', ['entries.a=1', 'entries.A=1'], 'entries: keys/map.data: the key a is given twice'],
    [
      'that is too long',
      [`entries.${'x'.repeat(1023)}=1`],
      'entries: keys/map.data: the key xxxxxxxxxxxxxxxxxxxx… is longer than a key of YAML may be, which is 1024 characters with its quotes: make it shorter',
    ],
  ])('%s', (_what, set, message) => {
    expect(problemsOf(...set)).toEqual([expect.stringContaining(message)]);
  });

  test('a long one is fine up to there', () => {
    expect(problemsOf(`entries.${'x'.repeat(1022)}=1`)).toEqual([]);
  });
});

test.each([
  ['n: 5', 'v.yaml:1:1: false: no such value: YAML reads a bare n as false; write "n", in quotes'],
  ['on: 5', 'v.yaml:1:1: true: no such value: YAML reads a bare on as true; write "on", in quotes'],
  ['deep: {08: x}', 'v.yaml:1:8: deep.8: no such value: YAML reads a bare 08 as 8; write "08", in quotes'],
  ['"n": 5', undefined],
])('a key that YAML reads as something else: %s', (file, message) => {
  const known = defineChart({
    facts: { name: 'words', version: '0.1.0', appVersion: '1.0.0' },
    metadata: { description: 'Words' },
    values: {
      n: group(integer('N', 0, 9), 1),
      on: group(integer('On', 0, 9), 1),
      deep: group(closed({ '08': line('Eight') }, 'Deep'), { '08': '' }),
    },
  });
  const input = parseValuesText(file, 'v.yaml');
  const values = finalValues(known.catalogue, input.overrides);
  const of = known.describe({ objects: () => undefined });
  const scope = evaluationScope(of.facts, values, { name: 'r', namespace: 'n' });
  const problems = valuesProblems(of, scope, input);
  expect(problems.map(problemLine)).toEqual(message === undefined ? [] : [message]);
});
