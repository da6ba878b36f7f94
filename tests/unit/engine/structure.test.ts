import {
  type Helper,
  type Json,
  type JsonObject,
  and,
  body,
  eachEntry,
  eachOf,
  equals,
  include,
  local,
  nonEmpty,
  not,
  spread,
  spreadMap,
  text,
  theirsOr,
  when,
} from '../../../lib/engine';
import {
  type Node,
  evaluate,
  expressionOf,
  isValue,
  presence,
  printLocals,
  printYaml,
} from '../../../lib/engine/renderers';
import { printScope, scopeWith, values } from './support';

/** `capture` makes nodes out of what authors write; here they are written as nodes. */
function node(written: unknown): Node {
  if (isValue(written)) return expressionOf(written);
  if (Array.isArray(written)) return written.map(node);
  if (typeof written !== 'object' || written === null) return written as Node;
  const members = Object.entries(written);
  if (Object.getPrototypeOf(written) === Object.prototype) return mapValues(members, () => true) as Node;
  // A condition, a loop or an alternative: what is inside of it is written too.
  const parts = mapValues(members, (key) => ['body', 'otherwise'].includes(key));
  return Object.assign(Object.create(Object.getPrototypeOf(written) as object) as object, parts) as Node;
}

function mapValues(
  members: readonly (readonly [string, unknown])[],
  isNode: (key: string) => boolean,
): object {
  return Object.fromEntries(members.map(([key, member]) => [key, isNode(key) ? node(member) : member]));
}

const HELPER: Helper<0> = {
  name: 'labels',
  doc: 'Labels.',
  yields: 'map',
  takes: 0,
  template: body`a: b`,
  evaluate: () => ({ a: 'b' }),
  reads: [],
};
const MAYBE: Helper<1> = {
  ...HELPER,
  name: 'merged',
  mayBeEmpty: true,
  takes: 1,
  evaluate: (_scope, map) => map ?? {},
};
const ITEMS: Helper<1> = {
  ...HELPER,
  name: 'rules',
  yields: 'items',
  takes: 1,
  evaluate: (_scope, list) => list ?? [],
};
const TEXT: Helper<0> = { ...HELPER, name: 'config', yields: 'text', evaluate: () => 'a: 1\nb: 2' };

type Row = readonly [
  what: string,
  written: unknown,
  template: string,
  ...results: readonly (readonly [JsonObject, Json | undefined])[],
];

const TABLE: readonly Row[] = [
  [
    'constants',
    { a: 1, b: 'x', c: true, d: 'yes' },
    'a: 1\nb: x\nc: true\nd: "yes"',
    [{}, { a: 1, b: 'x', c: true, d: 'yes' }],
  ],
  ['empty maps and lists that somebody wrote', { a: {}, b: [] }, 'a: {}\nb: []', [{}, { a: {}, b: [] }]],
  [
    'a text with the delimiters of a template',
    { a: '{{ $labels.pod }}' },
    'a: "{{ "{{" }} $labels.pod }}"',
    [{}, { a: '{{ $labels.pod }}' }],
  ],
  ['a text of several lines', { a: 'x\n\ny\n' }, 'a: |\n  x\n\n  y', [{}, { a: 'x\n\ny\n' }]],
  [
    'values by their type',
    {
      text: values.name,
      word: values.mode,
      whole: values.size,
      fraction: values.share,
      flag: values.on,
      any: values.any,
    },
    'any: {{ .Values.any | toRawJson }}\nflag: {{ .Values.on }}\nfraction: {{ .Values.share | toRawJson }}\ntext: {{ .Values.name | quote }}\nwhole: {{ .Values.size | int }}\nword: {{ .Values.mode }}',
    [{}, { any: { x: [1] }, flag: true, fraction: 0.5, text: 'n', whole: 3, word: 'two' }],
  ],
  [
    'a whole map and a whole list',
    { a: values.labels, b: values.items },
    'a:\n  {{- toYaml .Values.labels | nindent 2 }}\nb:\n  {{- toYaml .Values.items | nindent 2 }}',
    [{}, { a: { a: '1', b: '2' }, b: ['b', 'a'] }],
  ],
  [
    'a text of words and whole numbers',
    { a: text`${values.mode}:${values.size}` },
    'a: {{ .Values.mode }}:{{ .Values.size | int }}',
    [{}, { a: 'two:3' }],
  ],
  [
    'a text that needs quotes',
    { a: text`{${values.mode}}` },
    'a: {{ printf "{%s}" .Values.mode | quote }}',
    [{}, { a: '{two}' }],
  ],
  [
    'a text with a free one in it',
    { a: text`${values.name}-x` },
    'a: {{ printf "%s-x" .Values.name | quote }}',
    [{}, { a: 'n-x' }],
  ],
  [
    'a field that may be there',
    { a: when(values.on, 1) },
    '{{- if .Values.on }}\na: 1\n{{- end }}',
    [{}, { a: 1 }],
    [{ on: false }, undefined],
  ],
  [
    'fields under one condition',
    { a: when(values.on, 1), b: when(values.on, 2), c: 3 },
    '{{- if .Values.on }}\na: 1\nb: 2\n{{- end }}\nc: 3',
    [{}, { a: 1, b: 2, c: 3 }],
    [{ on: false }, { c: 3 }],
  ],
  [
    'a condition in a condition, asked once',
    { a: when(values.on, { b: when(values.on, 1), c: when(values.off, 2), d: 3 }) },
    '{{- if .Values.on }}\na:\n  b: 1\n  {{- if .Values.off }}\n  c: 2\n  {{- end }}\n  d: 3\n{{- end }}',
    [{}, { a: { b: 1, d: 3 } }],
    [{ off: true }, { a: { b: 1, c: 2, d: 3 } }],
  ],
  [
    'a part of what is known',
    { a: when(and(values.on, values.off), { b: when(values.on, 1), d: 2 }) },
    '{{- if and .Values.on .Values.off }}\na:\n  b: 1\n  d: 2\n{{- end }}',
    [{ off: true }, { a: { b: 1, d: 2 } }],
  ],
  [
    'a value under the question whether it is empty',
    { a: when(nonEmpty(values.name), values.name) },
    '{{- with .Values.name }}\na: {{ . | quote }}\n{{- end }}',
    [{}, { a: 'n' }],
    [{ name: '' }, undefined],
  ],
  [
    'another value under that question',
    { a: when(nonEmpty(values.name), values.size) },
    '{{- if .Values.name }}\na: {{ .Values.size | int }}\n{{- end }}',
    [{}, { a: 3 }],
  ],
  [
    'a map of conditional fields alone',
    { a: { b: when(values.on, 1), c: when(values.off, 2) } },
    '{{- if or .Values.on .Values.off }}\na:\n  {{- if .Values.on }}\n  b: 1\n  {{- end }}\n  {{- if .Values.off }}\n  c: 2\n  {{- end }}\n{{- end }}',
    [{}, { a: { b: 1 } }],
    [{ on: false }, undefined],
  ],
  [
    'cases that leave none out',
    {
      a: [
        when(equals(values.mode, 'one'), 1),
        when(equals(values.mode, 'two'), 2),
        when(equals(values.mode, 'three'), 3),
      ],
    },
    'a:\n  {{- if eq .Values.mode "one" }}\n  - 1\n  {{- end }}\n  {{- if eq .Values.mode "two" }}\n  - 2\n  {{- end }}\n  {{- if eq .Values.mode "three" }}\n  - 3\n  {{- end }}',
    [{}, { a: [2] }],
  ],
  [
    'cases that leave none out, and another condition',
    {
      a: [
        when(equals(values.mode, 'one'), 1),
        when(equals(values.mode, 'two'), 2),
        when(equals(values.mode, 'three'), 3),
        when(values.on, 4),
      ],
    },
    'a:\n  {{- if eq .Values.mode "one" }}\n  - 1\n  {{- end }}\n  {{- if eq .Values.mode "two" }}\n  - 2\n  {{- end }}\n  {{- if eq .Values.mode "three" }}\n  - 3\n  {{- end }}\n  {{- if .Values.on }}\n  - 4\n  {{- end }}',
    [{ on: false }, { a: [2] }],
  ],
  [
    'items that may be there',
    { a: ['x', when(values.off, 'y'), when(values.off, 'z')] },
    'a:\n  - x\n  {{- if .Values.off }}\n  - "y"\n  - z\n  {{- end }}',
    [{}, { a: ['x'] }],
    [{ off: true }, { a: ['x', 'y', 'z'] }],
  ],
  [
    'an item that is a map',
    { a: [{ name: 'x', value: values.size }] },
    'a:\n  - name: x\n    value: {{ .Values.size | int }}',
    [{}, { a: [{ name: 'x', value: 3 }] }],
  ],
  ['a list in a list', { a: [['x']] }, 'a:\n  - - x', [{}, { a: [['x']] }]],
  [
    'items of a list of values',
    { a: [spread(values.items)] },
    '{{- with .Values.items }}\na:\n  {{- toYaml . | nindent 2 }}\n{{- end }}',
    [{}, { a: ['b', 'a'] }],
    [{ items: [] }, undefined],
  ],
  [
    'items among others',
    { a: ['x', spread(values.items)] },
    'a:\n  - x\n  {{- with .Values.items }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}',
    [{}, { a: ['x', 'b', 'a'] }],
    [{ items: [] }, { a: ['x'] }],
  ],
  [
    'items that may be absent',
    { a: [spread(values.maybeList)] },
    '{{- with .Values.maybeList }}\na:\n  {{- toYaml . | nindent 2 }}\n{{- end }}',
    [{}, undefined],
    [{ maybeList: ['z'] }, { a: ['z'] }],
  ],
  [
    'entries of a map of values',
    { a: { ...spreadMap(values.labels), b0: 'x' } },
    'a:\n  b0: x\n  {{- with .Values.labels }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}',
    [{}, { a: { a: '1', b: '2', b0: 'x' } }],
    [{ labels: {} }, { a: { b0: 'x' } }],
  ],
  [
    'a loop over a list',
    {
      a: [
        eachOf(values.ports, 'port', (port) => ({ name: port.name, number: port.number, size: values.size })),
      ],
    },
    '{{- with .Values.ports }}\na:\n  {{- range $port := . }}\n  - name: {{ $port.name | quote }}\n    number: {{ $port.number | int }}\n    size: {{ $.Values.size | int }}\n  {{- end }}\n{{- end }}',
    [
      {},
      {
        a: [
          { name: 'http', number: 80, size: 3 },
          { name: 'grpc', number: 90, size: 3 },
        ],
      },
    ],
    [{ ports: [] }, undefined],
  ],
  [
    'a loop over a map',
    {
      a: [eachEntry(values.labels, ['key', 'label'], (key, label) => text`${key}=${label}`)],
    },
    '{{- with .Values.labels }}\na:\n  {{- range $key, $label := . }}\n  - {{ printf "%s=%s" $key $label | quote }}\n  {{- end }}\n{{- end }}',
    [{}, { a: ['a=1', 'b=2'] }],
  ],
  [
    'what belongs to the user, or is ours',
    { a: theirsOr(values.labels, { x: values.size }) },
    '{{- with .Values.labels }}\na:\n  {{- toYaml . | nindent 2 }}\n{{- else }}\na:\n  x: {{ .Values.size | int }}\n{{- end }}',
    [{}, { a: { a: '1', b: '2' } }],
    [{ labels: {} }, { a: { x: 3 } }],
  ],
  [
    'a named template in a map',
    { ...spreadMap(include<Record<string, string>>(HELPER)), z: 1 },
    'z: 1\n{{- include "chart.labels" . | nindent 0 }}',
    [{}, { a: 'b', z: 1 }],
  ],
  [
    'a named template that may yield nothing',
    { l: { ...spreadMap(include<Record<string, string>>(MAYBE, values.labels)) } },
    '{{- with include "chart.merged" (list . .Values.labels) | fromYaml }}\nl:\n  {{- toYaml . | nindent 2 }}\n{{- end }}',
    [{}, { l: { a: '1', b: '2' } }],
    [{ labels: {} }, undefined],
  ],
  [
    'a named template of items',
    { l: [spread(include<string[]>(ITEMS, values.items))] },
    '{{- with include "chart.rules" (list . .Values.items) }}\nl:\n  {{- . | nindent 2 }}\n{{- end }}',
    [{}, { l: ['b', 'a'] }],
    [{ items: [] }, undefined],
  ],
  [
    'a named template of text',
    { l: include<string>(TEXT) },
    'l: |\n  {{- include "chart.config" . | nindent 2 }}',
    [{}, { l: 'a: 1\nb: 2\n' }],
  ],
];

describe.each(TABLE.map(([what, written, template, ...results]) => ({ what, written, template, results })))(
  '$what',
  ({ written, template, results }) => {
    test('as a template', () => {
      expect(printYaml(node(written), printScope()).join('\n')).toBe(template);
    });

    test.each(results)('in TypeScript, with %j', (overrides, result) => {
      // An object that is empty is one all the same.
      expect(evaluate(node(written), scopeWith(overrides))).toEqual(result);
    });
  },
);

describe('whether something is there', () => {
  test.each<[string, unknown, unknown]>([
    ['a constant', 1, 'always'],
    ['an empty map', {}, 'always'],
    ['a map with one field that is always there', { a: 1, b: when(values.on, 2) }, 'always'],
    [
      'a conditional in a conditional',
      when(values.on, { a: when(values.off, 1) }),
      'and .Values.on .Values.off',
    ],
    [
      'alternatives',
      { a: when(values.on, 1), b: when(values.off, 2), c: when(values.on, 3) },
      'or .Values.on .Values.off',
    ],
    [
      'some cases of three',
      [when(equals(values.mode, 'one'), 1), when(equals(values.mode, 'two'), 2)],
      'or (eq .Values.mode "one") (eq .Values.mode "two")',
    ],
  ])('%s', (_what, written, expected) => {
    const condition = presence(node(written));
    expect(condition === 'always' ? condition : expressionOf(condition).print(printScope())).toBe(expected);
  });
});

describe('a list item that may begin with nothing', () => {
  test.each<[string, unknown, string, Json[]]>([
    [
      'has its dash on a line of its own',
      { b: when(values.on, 1), c: 2 },
      'a:\n  -\n    {{- if .Values.on }}\n    b: 1\n    {{- end }}\n    c: 2',
      [{ b: 1, c: 2 }],
    ],
    [
      'is not there if nothing of it is',
      { b: when(values.off, 1) },
      '{{- if .Values.off }}\na:\n  - b: 1\n{{- end }}',
      [],
    ],
    [
      "is the user's or ours",
      theirsOr(values.any, { b: 1 }),
      'a:\n  {{- with .Values.any }}\n  - {{ . | toRawJson }}\n  {{- else }}\n  - b: 1\n  {{- end }}',
      [{ x: [1] }],
    ],
  ])('%s', (_what, item, template, items) => {
    const tree = node({ a: [item] });
    expect(printYaml(tree, printScope()).join('\n')).toBe(template);
    expect(evaluate(tree, scopeWith())).toEqual(items.length === 0 ? undefined : { a: items });
  });
});

describe('mistakes of authors are told with their place', () => {
  test('a key that is given twice', () => {
    const map = node({ l: [{ m: { a: '1', ...spreadMap(values.labels) } }] });
    expect(() => evaluate(map, scopeWith())).toThrow(/^l\.m: the key a is given twice$/);
  });

  test('a loop in the place of a field', () => {
    expect(() => evaluate(node(spread(values.items)), scopeWith())).toThrow(
      'a loop belongs into a list or a map',
    );
    const field = node({ spec: { b: when(values.on, theirsOr(values.name, spread(values.items))) } });
    expect(() => evaluate(field, scopeWith())).toThrow(/^spec\.b: a loop belongs into a list or a map$/);
  });
});

describe('names for long expressions', () => {
  const inner = local('inner', text`${values.name}!`);
  const outer = local('outer', text`${inner}?`);

  test('are used in the body and defined at the top, each after those that it needs', () => {
    const scope = printScope();
    expect(printYaml(node({ a: outer, b: outer, c: when(not(equals(inner, 'x')), 1) }), scope)).toEqual([
      'a: {{ $outer | quote }}',
      'b: {{ $outer | quote }}',
      '{{- if ne $inner "x" }}',
      'c: 1',
      '{{- end }}',
    ]);
    expect(printLocals(scope.locals, scope)).toEqual([
      '{{- $inner := printf "%s!" .Values.name }}',
      '{{- $outer := printf "%s?" $inner }}',
    ]);
  });

  test('mean what they stand for', () => {
    expect(evaluate(node({ a: outer }), scopeWith())).toEqual({ a: 'n!?' });
  });
});
