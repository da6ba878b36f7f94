import { KubeConfigMap, type KubeConfigMapProps } from 'cdk8s-plus-28/lib/imports/k8s';
import { Type } from '@sinclair/typebox';
import {
  closed,
  defineChart,
  DescribedConstruct,
  type DescriptionOf,
  each,
  group,
  type Groups,
  integer,
  line,
  type Moved,
  release,
  shared,
  stringMap,
  TemplateFolder,
  templated,
} from '../../lib/engine';

const NAMES = ['api', 'worker'] as const;
const service = shared('service', closed({ image: closed({ tag: line('Tag') }) }));
const pool = shared('pool', closed({ size: integer('Nodes', 0, 9) }));
const defaults = { image: { tag: '1' } };

const values = {
  name: group(line('Its name'), 'n'),
  cache: group(
    closed({ size: integer('Entries', 0, 9), limits: Type.Optional(closed({ all: integer('All', 0, 9) })) }),
    { size: 1 },
  ),
  labels: group(stringMap('Labels'), {}),
  services: group(each(NAMES, service, 'Services'), { api: defaults, worker: defaults }),
  pools: group(
    Type.Unsafe<Record<string, { size: number }>>({ type: 'object', additionalProperties: pool }),
    { small: { size: 1 } },
  ),
} satisfies Groups;

/** A row for each place that a value may have had. */
export const MOVED: readonly Moved[] = [
  { from: 'title', to: 'name', sentence: 'the text is the same' },
  { from: 'cache.entries', to: 'cache.size', sentence: 'give the number in hundreds' },
  { from: 'cache.limits.most', to: 'cache.limits.all', sentence: 'the number is the same' },
  { from: 'cache.in-mega-bytes', to: 'cache.size', sentence: 'give the number of entries' },
  { from: 'labels.tier', to: 'name', sentence: 'the label follows from it' },
  { from: 'services.*.tag', to: 'services.*.image.tag', sentence: 'the text is the same' },
  { from: 'services.*.image.version', to: 'services.*.image.tag', sentence: 'the text is the same' },
  { from: 'pools.*.nodes', to: 'pools.*.size', sentence: 'the number is the same' },
];

class Only extends DescribedConstruct {
  constructor(folder: TemplateFolder, props: KubeConfigMapProps) {
    super(folder, 'only', { source: 'tests/support/moved-chart.ts' });
    new KubeConfigMap(this, 'config-map', props);
  }
}

/** A small chart some of whose values moved. */
export function movedChart(moved: readonly Moved[] = MOVED): DescriptionOf<typeof values> {
  const chart = defineChart({
    facts: { name: 'small', version: '1.0.0', appVersion: '1' },
    metadata: { description: 'A chart whose values moved' },
    values,
    moved,
  });
  return chart.describe({
    objects: (app) => {
      new Only(
        new TemplateFolder(app, 'only'),
        templated<KubeConfigMapProps>({
          metadata: { name: release.name },
          data: { name: chart.values.name },
        }),
      );
    },
  });
}

/** Overrides that give an old key, and what is said of each: the path and the sentence. */
export const REFUSED: readonly (readonly [text: string, path: string, sentence: string])[] = [
  ['title: x', 'title', 'has moved to name: the text is the same'],
  ['title: 5', 'title', 'has moved to name: the text is the same'],
  ['title: false', 'title', 'has moved to name: the text is the same'],
  ['title: ""', 'title', 'has moved to name: the text is the same'],
  ['title: {}', 'title', 'has moved to name: the text is the same'],
  ['cache: { entries: 0 }', 'cache.entries', 'has moved to cache.size: give the number in hundreds'],
  [
    'cache: { in-mega-bytes: 1 }',
    'cache.in-mega-bytes',
    'has moved to cache.size: give the number of entries',
  ],
  [
    'cache: { limits: { all: 1, most: 1 } }',
    'cache.limits.most',
    'has moved to cache.limits.all: the number is the same',
  ],
  ['labels: { tier: x }', 'labels.tier', 'has moved to name: the label follows from it'],
  [
    'services: { worker: { tag: x } }',
    'services.worker.tag',
    'has moved to services.<name>.image.tag: the text is the same',
  ],
  [
    'services: { api: { image: { version: x } } }',
    'services.api.image.version',
    'has moved to services.<name>.image.tag: the text is the same',
  ],
  [
    'pools: { large: { size: 1, nodes: 1 } }',
    'pools.large.nodes',
    'has moved to pools.<name>.size: the number is the same',
  ],
];

/** Overrides that use no old key: a null is no use of one. */
export const ACCEPTED: readonly string[] = [
  '{}',
  'title: null',
  'cache: { entries: null, in-mega-bytes: null }',
  'cache: { limits: { all: 1, most: null } }',
  'labels: { colour: red }',
  'services: { api: { tag: null, image: { version: null } } }',
  'pools: { small: null, large: { size: 1, nodes: null } }',
];
