import { Type, type Static } from '@sinclair/typebox';
import fc from 'fast-check';
import {
  closed,
  flag,
  group,
  integer,
  line,
  lines,
  oneOf,
  passedThrough,
  stringMap,
  type Groups,
  type References,
} from '../../../lib/engine';

const port = closed(
  { name: line('Name'), number: integer('Number', 0, 1000000), open: Type.Optional(flag('Open')) },
  'A port',
);
const shelf = closed({
  size: integer('Size', 0, 50),
  tags: lines('Tags'),
  note: Type.Optional(line('Note')),
});
const backup = closed({
  bucket: line('Bucket'),
  keep: Type.Optional(integer('Days', 1, 1000000)),
  target: Type.Optional(closed({ host: line('Host'), labels: Type.Optional(stringMap('Labels')) }, 'Target')),
});

/** Every shape of values that there is; a chart that is drawn has some of them. */
const GROUPS = {
  title: group(line('Title'), 'a title'),
  mode: group(oneOf('Mode', ['plain', 'on', 'off']), 'plain'),
  count: group(integer('Count', -5, 1000000), 3),
  share: group(Type.Number({ description: 'Share', minimum: 0, maximum: 1 }), 0.5),
  enabledParts: group(
    closed({ web: flag('Web'), worker: flag('Worker'), debug: Type.Optional(flag('Debug')) }, 'Parts'),
    { web: true, worker: false },
  ),
  labels: group(stringMap('Labels'), { team: 'a' }),
  names: group(lines('Names'), ['b', 'a']),
  ports: group(Type.Array(port, { description: 'Ports', maxItems: 3 }), [{ name: 'http', number: 80 }]),
  shelves: group(
    Type.Unsafe<Record<string, Static<typeof shelf>>>({
      type: 'object',
      description: 'Shelves',
      additionalProperties: shelf,
    }),
    { prose: { size: 2, tags: ['x'] } },
  ),
  storage: group(
    closed({
      size: line('Size'),
      backup: Type.Optional(backup),
      limit: Type.Optional(integer('Limit', 0, 9)),
    }),
    { size: '1Gi', backup: { bucket: 's3', keep: 7 } },
  ),
  affinity: group(passedThrough('Affinity'), {}),
};

type Drawn = typeof GROUPS;
type Name = keyof Drawn;

/** Symbolic values of a chart that is drawn: some of them. */
export type DrawnReferences = Partial<References<{ [K in Name]: Static<Drawn[K]['schema']> }>>;

/** Groups of a chart, some of them without a default for what they can do without. */
export const groupsArbitrary: fc.Arbitrary<Groups> = fc
  .tuple(
    // The names of what there is.
    fc.subarray(Object.keys(GROUPS) as Name[], { minLength: 5 }),
    fc.boolean(),
  )
  .map(([names, bare]): Groups => ({
    ...Object.fromEntries(names.map((name) => [name, GROUPS[name]])),
    ...(bare && names.includes('storage') ? { storage: group(GROUPS.storage.schema, { size: '' }) } : {}),
  }));
