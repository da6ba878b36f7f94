/**
 * What the table of docs/engine.md shows: a row for each function that makes an expression or a structure. The page has
 * the source of an example as it stands here, and what the printer makes of it.
 */
import {
  lower,
  upper,
  trimmed,
  truncated,
  withoutPrefix,
  withoutSuffix,
  sha256Of,
  base64Of,
  matches,
  lengthOf,
  plus,
  minus,
  times,
  least,
  greatest,
  spreadEach,
  and,
  atLeast,
  atMost,
  body,
  chartValues,
  choose,
  closed,
  contains,
  differs,
  eachEntry,
  eachOf,
  either,
  equals,
  flag,
  given,
  greaterThan,
  hasRow,
  include,
  integer,
  join,
  joined,
  jsonOf,
  lessThan,
  line,
  lines,
  listOf,
  literal,
  local,
  lookupIn,
  mapOf,
  nonEmpty,
  not,
  oneOf,
  optional,
  or,
  orElse,
  override,
  passedThrough,
  present,
  release,
  replaced,
  someItemMatches,
  someKeyMatches,
  spread,
  spreadMap,
  stringMap,
  sum,
  text,
  theirsOr,
  when,
  type Helper,
  type Line,
  type Value,
} from '../lib/engine';

const schema = closed({
  host: line('A text'),
  note: optional(line('A text that may be left out')),
  port: integer('A number', 1, 65535),
  limit: optional(integer('A number that may be left out', 0, 100)),
  mode: oneOf('A word', ['fast', 'safe']),
  debug: flag('Yes or no'),
  hosts: lines('Texts'),
  tls: listOf(closed({ secret: line('A text'), hosts: lines('Texts') }), 'Maps'),
  labels: stringMap('Texts by key'),
  sizes: mapOf(closed({ memory: line('A text') }), 'Maps by key'),
  size: line('A key of them'),
  affinity: passedThrough('Structure of the Kubernetes API'),
});

/** The values that the examples look at. */
const values = chartValues<(typeof schema)['static']>('shop', schema);

const fullname: Helper<1> = {
  name: 'fullname',
  doc: 'The name of a component.',
  yields: 'string',
  takes: 1,
  reads: [],
  template: body`{{- printf "%s-%s" (first .).Release.Name (last .) -}}`,
  evaluate: ({ release: { name } }, component) => `${name}-${typeof component === 'string' ? component : ''}`,
};

/** A function of the first door, with an example and what it is for. */
export interface Example<T> {
  readonly name: string;
  readonly make: () => T;
  readonly use: string;
}

const expression = (name: string, make: () => Value<unknown>, use: string): Example<Value<unknown>> => ({
  name,
  make,
  use,
});

const structure = (name: string, make: () => object, use: string): Example<object> => ({ name, make, use });

const notes = (name: string, make: () => readonly Line[], use: string): Example<readonly Line[]> => ({
  name,
  make,
  use,
});

export const expressions = [
  expression('text', () => text`http://${values.host}:${values.port}`, 'strings and whole numbers in a text'),
  expression('joined', () => joined('a-', values.host), 'the same, from a list of parts'),
  expression('replaced', () => replaced(values.host, '.', '-'), 'another text in place of each one'),
  expression('lower', () => lower(values.host), 'in small letters'),
  expression('upper', () => upper(values.host), 'in capitals'),
  expression('trimmed', () => trimmed(values.host), 'without white space at its ends'),
  expression('truncated', () => truncated(values.host, 20), 'its first characters'),
  expression(
    'withoutPrefix',
    () => withoutPrefix(values.host, 'www.'),
    'without a beginning, where it has it',
  ),
  expression('withoutSuffix', () => withoutSuffix(values.host, '-'), 'without an end, where it has it'),
  expression('sha256Of', () => sha256Of(values.host), 'a hash: what a pod should notice'),
  expression('base64Of', () => base64Of(values.host), 'the data of a Secret'),
  expression('matches', () => matches(values.host, '^www\\.'), 'whether a text matches a pattern'),
  expression('lengthOf', () => lengthOf(values.hosts), 'characters, items or keys'),
  expression('join', () => join(values.hosts, ','), 'a list of strings as one'),
  expression('jsonOf', () => jsonOf(values.labels), 'a value as JSON in a text, such as an annotation'),
  expression('literal', () => literal(8080), 'a constant where only a symbolic value will do'),
  expression('sum', () => sum(values.port, literal(1)), 'a sum that is compared; fractions too'),
  expression('plus', () => plus(values.port, 1), 'whole numbers, whose bounds the schema says'),
  expression('minus', () => minus(values.port, 1), 'whole numbers'),
  expression('times', () => times(values.port, 2), 'whole numbers'),
  expression('least', () => least(values.port, 1024), 'the smaller one'),
  expression('greatest', () => greatest(values.port, 1024), 'the larger one'),
  expression('choose', () => choose(values.debug, 'debug', 'info'), 'one of two'),
  expression(
    'orElse',
    () => orElse(values.note, 'none'),
    'a text, or another one where it is empty or left out',
  ),
  expression(
    'override',
    () => override(values.limit, literal(10)),
    'a value, or another one where it is left out',
  ),
  expression('present', () => present(values.limit), 'whether it is there: 0, false and "" are'),
  expression('nonEmpty', () => nonEmpty(values.hosts), 'whether a text, a list or a map holds anything'),
  expression('equals', () => equals(values.mode, 'fast'), 'numbers and strings'),
  expression('differs', () => differs(values.mode, 'fast'), 'the opposite'),
  expression('lessThan', () => lessThan(values.port, 1024), 'numbers'),
  expression('atMost', () => atMost(values.port, 1024), 'numbers'),
  expression('greaterThan', () => greaterThan(values.port, 1024), 'numbers'),
  expression('atLeast', () => atLeast(values.port, 1024), 'numbers'),
  expression('and', () => and(values.debug, nonEmpty(values.hosts)), 'conditions'),
  expression('or', () => or(values.debug, nonEmpty(values.hosts)), 'conditions'),
  expression('not', () => not(values.debug), 'conditions'),
  expression('contains', () => contains(values.host, '.'), 'whether a text has another one in it'),
  expression(
    'someItemMatches',
    () => someItemMatches(values.hosts, '^www\\.'),
    'whether a string of a list matches',
  ),
  expression(
    'someKeyMatches',
    () => someKeyMatches(values.labels, '^shop/'),
    'whether a key of a map matches',
  ),
  expression(
    'hasRow',
    () => hasRow(values.sizes, values.size),
    'whether a map has the key that another value names',
  ),
  expression(
    'lookupIn',
    () => lookupIn(values.sizes, values.size, 'row').memory,
    'a member of the entry whose key another value names; the template defines the name at its top. As a field it needs a rule, `not(hasRow(…))`, or something in its place (`override`)',
  ),
  expression(
    'local',
    () => local('address', text`${values.host}:${values.port}`),
    'a name for what is long, or used more than once; the template defines it at its top',
  ),
  expression('include', () => include(fullname, 'web'), 'a named template: see below'),
];

export const structures = [
  structure(
    'given',
    () => ({ limit: when(present(values.limit), given(values.limit)) }),
    'What may be left out, without the doubt: only where a condition asked for it.',
  ),
  structure(
    'when',
    () => ({ nodeName: when(values.debug, 'n1'), args: ['run', when(values.debug, '--debug')] }),
    'A field, an item or a whole object that is there if a condition holds.',
  ),
  structure(
    'eachOf',
    () => ({
      tls: [eachOf(values.tls, 'entry', ({ secret, hosts }) => ({ secretName: secret, hosts }))],
    }),
    'An item for each entry of a list.',
  ),
  structure(
    'eachOf',
    () => ({
      args: [
        eachOf(values.hosts, ['host', 'i'], (host, i) => when(nonEmpty(host), text`--host-${i}=${host}`)),
      ],
    }),
    'With an index, from 0, and only those that a condition lets through.',
  ),
  structure(
    'eachEntry',
    () => ({ env: [eachEntry(values.labels, ['key', 'value'], (name, value) => ({ name, value }))] }),
    'An item for each entry of a map, in the order of its keys.',
  ),
  structure(
    'spread',
    () => ({ hosts: ['localhost', spread(values.hosts)] }),
    'All items of a list of values.',
  ),
  structure(
    'spreadMap',
    () => ({ labels: { app: release.name, ...spreadMap(values.labels) } }),
    'All entries of a map of values. `renderRelease` tells of a key that is given twice, where Helm prints both: let a rule refuse it (`someKeyMatches`).',
  ),
  structure(
    'spreadEach',
    () => ({
      data: {
        ...spreadEach(
          eachEntry(values.sizes, ['key', 'entry'], (key, { memory }) => ({
            key: text`${key}.txt`,
            value: memory,
          })),
        ),
      },
    }),
    'A key of a map for each entry.',
  ),
  structure(
    'theirsOr',
    () => ({ affinity: theirsOr(values.affinity, { podAntiAffinity: {} }) }),
    "The user's structure where it is not empty, otherwise ours.",
  ),
];

/** What stands in notes alone; `when` and loops do too, around lists of lines. */
export const noteLines = [
  notes(
    'either',
    () => [text`See ${values.host}.`, either(values.debug, ['It tells much.'], ['It tells little.'])],
    'In notes: some lines, or others.',
  ),
];
