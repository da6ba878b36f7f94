/** Documents that differ from a valid one in one place, made for every place and every keyword that could matter. */
import { ADAPTER_NAMES } from './application-schema';
import { isMapping, withValue } from './walk';
import type { Mapping, Path, Place } from './walk';

/** A document and what was changed in it. */
export interface Mutation {
  readonly label: string;
  readonly document: unknown;
}

/** Values of every JSON type, around the limits that are usual. */
const OTHER_VALUES: readonly unknown[] = [
  ...[null, true, false],
  ...[0, 1, 2, -1, 0.5, 1.5, -0.5, 1e-9, 1e300],
  ...['', 'text', '1', 'true', '${VAR}'],
  ...[[], [null], ['text'], [1], [[]], [{}]],
  ...[{}, { text: 'text' }, { text: {} }],
];

const UNKNOWN_KEYS = ['unknown_key', '', 'line\nbreak', 'constructor', '__proto__', '$comment'];

const FORMAT_SAMPLES: Readonly<Record<string, readonly string[]>> = {
  adapter_name: [...ADAPTER_NAMES, 'PubMed', 'pubmed ', 'none'],
  duration: [
    '15m',
    '1h',
    '30s',
    '7d',
    '٣m',
    '0s',
    '1w',
    'm',
    '1.5h',
    '-1m',
    'PT1H',
    '1h\n',
    ' 1h',
    '1h30m',
    '1H',
  ],
  uri: ['https://a.example', 'no address', 'a b'],
  'uri-reference': ['./config.schema.json#v1.0.0', '\\\\ %', 'a b'],
};

/** All mutations of one place. */
export function mutationsOf(document: unknown, { path, value, cursors }: Place): Mutation[] {
  const schemas = cursors.map((cursor) => cursor.node);
  const replacements = [
    ...OTHER_VALUES,
    ...schemas.flatMap(aroundBounds),
    ...schemas.flatMap(aroundWords),
    ...schemas.flatMap(formatSamples),
    ...(Array.isArray(value) ? changedLists(value) : []),
    ...(isMapping(value) ? extendedMappings(value) : []),
  ];
  const removal = path.length === 0 ? [] : [mutation(document, path, undefined)];
  return [...removal, ...replacements.map((replacement) => mutation(document, path, replacement))];
}

function mutation(document: unknown, path: Path, value: unknown): Mutation {
  const change = value === undefined ? 'removed' : `= ${JSON.stringify(value)}`;
  return { label: `/${path.join('/')} ${change}`, document: withValue(document, path, value) };
}

function aroundBounds(schema: Mapping): number[] {
  return ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']
    .map((keyword) => schema[keyword])
    .filter((bound) => typeof bound === 'number')
    .flatMap((bound) => [-1, -0.5, -1e-9, 0, 1e-9, 0.5, 1].map((step) => bound + step));
}

function aroundWords(schema: Mapping): string[] {
  const words: unknown[] = Array.isArray(schema.enum) ? schema.enum : [];
  return words.map(String).flatMap((word) => [word, word.toUpperCase(), `${word} `, word.slice(1)]);
}

function formatSamples(schema: Mapping): readonly string[] {
  return typeof schema.format === 'string' ? (FORMAT_SAMPLES[schema.format] ?? []) : [];
}

/** Lists that are longer, by an item of their own and by items of other types. */
function changedLists(list: readonly unknown[]): unknown[][] {
  return [[...list, ...list], ...OTHER_VALUES.map((item) => [...list, item])];
}

/** Mappings with a key more, of which the value is like that of another member, and then nothing of the kind. */
function extendedMappings(mapping: Mapping): Mapping[] {
  const values = [...Object.values(mapping).slice(0, 1), 'text', {}, null];
  return UNKNOWN_KEYS.flatMap((key) =>
    values.map((value) => Object.fromEntries([...Object.entries(mapping), [key, value]])),
  );
}
