/** A chart with charts inside, at two levels: on by default, off by default, and switched by a tag. */
import { Type } from '@sinclair/typebox';
import {
  KubeConfigMap,
  KubeDeployment,
  type KubeConfigMapProps,
  type KubeDeploymentProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import {
  atLeast,
  closed,
  defineChart,
  DescribedConstruct,
  eachEntry,
  flag,
  greaterThan,
  group,
  integer,
  line,
  lines,
  nonEmpty,
  not,
  override,
  literal,
  present,
  release,
  rulesOfEach,
  slice,
  spread,
  spreadMap,
  stringMap,
  TemplateFolder,
  templated,
  text,
  when,
  type ChartContent,
  type Json,
  type Value,
} from '../../../lib/engine';
import { overridesOf } from '../documents/drawn-values';
import { subjectOf, type Subject } from '../subject';

const facts = (name: string): { name: string; version: string; appVersion: string } => ({
  name,
  version: '0.3.0',
  appVersion: '1.2',
});

/** What all of the charts share: open, as Helm wants it. */
const shared = group(
  Type.Object(
    { team: Type.Optional(line('Team', { maxLength: 40 })), labels: Type.Optional(stringMap('Labels')) },
    { additionalProperties: true, description: 'Shared with the charts inside' },
  ),
  {},
);

/** One ConfigMap, which is what most of the charts make. */
function settings(
  name: string,
  data: KubeConfigMapProps['data'] | object,
  there?: Value<boolean>,
): ChartContent['objects'] {
  class Settings extends DescribedConstruct {
    constructor(folder: TemplateFolder) {
      super(folder, 'settings', { source: 'library.ts', ...(there === undefined ? {} : { when: there }) });
      const metadata = { name: text`${release.name}-${name}` };
      new KubeConfigMap(this, 'config-map', templated<KubeConfigMapProps>({ metadata, data: data as never }));
    }
  }
  return (app) => {
    new Settings(new TemplateFolder(app, 'settings'));
  };
}

const team = (global: { readonly team: Value<string | undefined> }): Value<string> =>
  override(global.team, literal('nobody'));

const index = defineChart({
  facts: facts('index'),
  metadata: { description: 'What is found' },
  values: {
    shards: group(integer('Shards', 1, 1000000), 3),
    words: group(lines('Words'), ['a', 'the']),
    global: shared,
  },
});
const indexChart = index.describe({
  objects: settings('index', {
    shards: text`${index.values.shards}`,
    team: team(index.values.global),
    words: when(nonEmpty(index.values.words), text`${index.values.shards}-words`),
  }),
  rules: [
    { path: 'shards', broken: greaterThan(index.values.shards, 900000), sentence: 'must be at most 900000' },
  ],
  notes: [text`${index.values.shards} shards`],
});

const search = defineChart({
  facts: facts('search'),
  metadata: { description: 'Finds' },
  values: {
    replicas: group(integer('Pods', 0, 100), 1),
    labels: group(stringMap('Labels'), { a: 'b' }),
    limits: group(closed({ cpu: Type.Optional(line('CPU')), depth: integer('Depth', 0, 9) }, 'Limits'), {
      cpu: '1',
      depth: 3,
    }),
    index: slice(indexChart, { enabled: false, shards: 5 }),
    global: shared,
  },
});
const searchChart = search.describe({
  objects: settings('search', {
    ...spreadMap(search.values.labels),
    '.depth': text`${search.values.limits.depth}`,
    '.cpu': when(present(search.values.limits.cpu), override(search.values.limits.cpu, literal(''))),
    '.index': when(search.values.index.enabled, text`${release.name}-index:${search.values.index.shards}`),
    '.team': team(search.values.global),
  }),
  rules: [
    { path: 'replicas', broken: greaterThan(search.values.replicas, 90), sentence: 'must be at most 90' },
    {
      path: 'limits.depth',
      broken: greaterThan(search.values.limits.depth, 8),
      sentence: 'must be at most 8',
    },
  ],
});

const cache = defineChart({
  facts: facts('cache'),
  metadata: { description: 'Remembers' },
  values: {
    size: group(line('Size', { maxLength: 20 }), '1Gi'),
    pinned: group(flag('Pinned'), false),
    global: shared,
  },
});
const cacheChart = cache.describe({
  objects: settings(
    'cache',
    { size: cache.values.size, team: team(cache.values.global) },
    not(cache.values.pinned),
  ),
  rules: [{ path: 'size', broken: not(nonEmpty(cache.values.size)), sentence: 'must not be empty' }],
  notes: ['A cache.'],
});

const outer = defineChart({
  facts: facts('library'),
  metadata: { description: 'Lends books' },
  values: {
    replicas: group(integer('Pods', 0, 100), 2),
    shelves: group(
      Type.Unsafe<Record<string, { size: number }>>({
        type: 'object',
        description: 'Shelves',
        additionalProperties: closed({ size: integer('Size', 0, 50) }),
      }),
      { prose: { size: 20 } },
    ),
    env: group(lines('Variables'), []),
    search: slice(searchChart, { enabled: true, replicas: 2, labels: { c: 'd' } }),
    cache: slice(cacheChart, { size: '2Gi' }, ['stores']),
    mail: slice(
      defineChart({
        facts: facts('mail'),
        metadata: { description: 'Reminds' },
        values: { from: group(line('Sender'), 'library@example.org') },
      }).describe({ objects: settings('mail', { on: 'true' }) }),
      { enabled: false },
      ['stores', 'post'],
    ),
    global: shared,
  },
});
const { values } = outer;

class Desk extends DescribedConstruct {
  constructor(folder: TemplateFolder) {
    super(folder, 'desk', { source: 'library.ts' });
    const labels = { app: 'desk' };
    new KubeDeployment(
      this,
      'deployment',
      templated<KubeDeploymentProps>({
        metadata: { name: text`${release.name}-desk`, labels: { team: team(values.global) } },
        spec: {
          replicas: values.replicas,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              containers: [
                {
                  name: 'desk',
                  image: 'desk:1',
                  args: [spread(values.env)],
                  env: [
                    { name: 'CACHE', value: values.cache.size },
                    when(values.search.enabled, { name: 'SEARCH', value: text`${values.search.replicas}` }),
                    when(values.mail.enabled, { name: 'MAIL', value: 'on' }),
                    eachEntry(values.shelves, ['name', 'shelf'], (name, shelf) => ({
                      name: text`SHELF_${name}`,
                      value: text`${shelf.size}`,
                    })),
                  ],
                },
              ],
            },
          },
        },
      }),
    );
  }
}

const libraryChart = outer.describe({
  objects: (app) => new Desk(new TemplateFolder(app, 'desk')),
  rules: [
    { path: 'replicas', broken: atLeast(values.replicas, 90), sentence: 'must be less than 90' },
    rulesOfEach(values.shelves, ['name', 'shelf'], (shelf) => [
      { path: 'size', broken: greaterThan(shelf.size, 40), sentence: 'must be at most 40' },
    ]),
  ],
  notes: ['Library.', when(values.search.enabled, [text`With ${values.search.replicas} to search.`])],
});

const CONTRADICTIONS: readonly Readonly<Record<string, Json>>[] = [
  { replicas: 95 },
  { 'shelves.prose.size': 45 },
  { 'search.replicas': 95 },
  { replicas: 95, 'search.limits.depth': 9 },
  { 'search.limits.depth': 9, 'cache.size': '' },
  { 'cache.size': '', 'tags.stores': true, replicas: 95 },
  { 'search.index.enabled': true, 'search.index.shards': 950000, 'search.replicas': 95, 'cache.size': '' },
];

const RARITIES: readonly Readonly<Record<string, Json>>[] = [
  { 'search.limits.cpu': null },
  { 'cache.pinned': true },
  { 'search.index.words': [] },
];

/** The sample; each rule is broken, alone and beside one of a chart that Helm comes to before. */
export const library: Subject = {
  ...subjectOf(libraryChart),
  hints: {
    rendered: 0.3,
    contradictions: CONTRADICTIONS.map(overridesOf),
    rarities: RARITIES.map(overridesOf),
  },
};
