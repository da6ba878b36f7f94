import { type Helper, type Line, TextFile, body, include, nonEmpty, text, when } from '../../../lib/engine';
import {
  evaluateLines,
  expressionOf,
  HelperCall,
  printHelper,
  printLines,
} from '../../../lib/engine/renderers';
import { printed, printScope, scopeWith, values } from './support';

const LINES: readonly Line[] = [
  'Hello',
  text`  ${values.name}, ${values.size}`,
  when(nonEmpty(values.items), ['', 'Items:', when(values.off, ['never'])]),
  when(values.on, ['on']),
];

test('lines for people, as a template', () => {
  expect(printLines(LINES, printScope())).toEqual([
    'Hello',
    '  {{ .Values.name }}, {{ .Values.size | int }}',
    '{{- if .Values.items }}',
    '',
    'Items:',
    '{{- if .Values.off }}',
    'never',
    '{{- end }}',
    '{{- end }}',
    '{{- if .Values.on }}',
    'on',
    '{{- end }}',
  ]);
});

test.each([
  [{}, ['Hello', '  n, 3', '', 'Items:', 'on']],
  [{ items: [], on: false }, ['Hello', '  n, 3']],
])('lines for people, with %j', (overrides, lines) => {
  expect(evaluateLines(LINES, scopeWith(overrides))).toEqual(lines);
});

test.each([[[when(values.on, ['x'])]], [['', when(values.on, ['x'])]]])(
  'a block of lines after a blank one would swallow it',
  (lines) => {
    expect(() => printLines(lines, printScope())).toThrow('must follow a line that is not blank');
  },
);

describe('a named template', () => {
  const helper: Helper<1> = {
    name: 'greeting',
    doc: 'A greeting.',
    yields: 'string',
    takes: 1,
    template: body`\nHello {{ last . }}\n`,
    evaluate: (_scope, name) => `Hello ${JSON.stringify(name)}`,
    reads: [values.size],
  };

  test('is defined with its comment', () => {
    expect(printHelper(helper, 'chart')).toBe(
      '{{/*\nA greeting.\n*/}}\n{{- define "chart.greeting" -}}\nHello {{ last . }}\n{{- end }}\n',
    );
  });

  test('is called with the root and its arguments, or with the root alone if it takes none', () => {
    expect(printed(include(helper, values.name), '$')).toBe(
      'include "chart.greeting" (list $ $.Values.name)',
    );
    expect(printed(include({ ...helper, takes: 'several' }, 'a "b"', values.name))).toBe(
      'include "chart.greeting" (list . "a \\"b\\"" .Values.name)',
    );
    expect(printed(include({ ...helper, takes: 0, evaluate: () => 'Hello' }))).toBe(
      'include "chart.greeting" .',
    );
  });

  test.each<[Helper, number]>([
    [helper, 0],
    [helper, 2],
    [{ ...helper, takes: 0 }, 1],
    [{ ...helper, takes: 'several' }, 0],
  ])('is called in one way alone', (called, count) => {
    const args = Array.from({ length: count }, () => expressionOf(values.name));
    expect(() => new HelperCall(called, args)).toThrow(
      `the helper greeting takes ${called.takes} arguments, and is called with ${count}`,
    );
  });
});

describe('a file inside of a file', () => {
  const file = new TextFile({
    version: '1.0.0',
    name: values.name,
    size: values.size,
    share: values.share,
    mode: values.mode,
    enabled: values.on,
    list: values.items,
    query: '{{ x }}',
    nested: { deep: [values.deep.name] },
  });

  test('keeps the order of its keys, as a template', () => {
    expect(file.template().print('chart').split('\n')).toEqual([
      'version: 1.0.0',
      'name: {{ .Values.name | toRawJson }}',
      'size: {{ .Values.size | int }}',
      'share: {{ .Values.share | toRawJson }}',
      'mode: {{ .Values.mode }}',
      'enabled: {{ .Values.on }}',
      'list: {{ .Values.items | toRawJson }}',
      'query: "{{ "{{" }} x }}"',
      'nested:',
      '  deep:',
      '    - {{ .Values.deep.name | toRawJson }}',
    ]);
  });

  test('has the same bytes in TypeScript', () => {
    expect(file.text(scopeWith({ name: 'a: b\u2028', size: -0 })).split('\n')).toEqual([
      'version: 1.0.0',
      'name: "a: b\\u2028"',
      'size: 0',
      'share: 0.5',
      'mode: two',
      'enabled: true',
      'list: ["b","a"]',
      'query: "{{ x }}"',
      'nested:',
      '  deep:',
      '    - "deep"',
    ]);
  });
});
