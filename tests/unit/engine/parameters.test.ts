import { Type } from '@sinclair/typebox';
import {
  type Arguments,
  type Value,
  eachOf,
  local,
  nonEmpty,
  parameters,
  replaced,
  text,
  when,
} from '../../../lib/engine';
import {
  type Node,
  argumentOf,
  evaluate,
  expressionOf,
  printArguments,
  printLocals,
  printParameters,
  printYaml,
  rootBeside,
  withArguments,
} from '../../../lib/engine/renderers';
import { printScope, scopeWith, values } from './support';

const given = parameters({ word: Type.String(), count: Type.Integer(), big: Type.Boolean() });
const names = ['word', 'count', 'big'];
const node = (value: Value<unknown>): Node => expressionOf(value);

const BODY: Node = {
  text: node(text`${given.word}-${values.name}`),
  count: node(given.count),
  big: when(given.big, 'yes'),
  named: when(nonEmpty(values.name), { name: node(values.name), other: node(values.deep.name) }),
  list: [eachOf(values.ports, 'port', ({ name }): Node => node(text`${name}/${given.word}/${values.mode}`))],
  local: node(local('both', text`${values.name}${given.count}`)),
};

function printedBody(): string[] {
  const scope = printScope(rootBeside(names));
  const lines = printYaml(BODY, scope);
  return [...printParameters(names), ...printLocals(scope.locals, scope), ...lines];
}

test('a template with parameters calls its root $root, in loops and beside a bound dot too', () => {
  expect(printedBody()).toEqual([
    '{{- $root := .root }}',
    '{{- $word := .word }}',
    '{{- $count := .count }}',
    '{{- $big := .big }}',
    '{{- $both := printf "%s%d" $root.Values.name (int $count) }}',
    '{{- if $big }}',
    'big: "yes"',
    '{{- end }}',
    'count: {{ $count | int }}',
    '{{- with $root.Values.ports }}',
    'list:',
    '  {{- range $port := . }}',
    '  - {{ printf "%s/%s/%s" $port.name $word $root.Values.mode | quote }}',
    '  {{- end }}',
    '{{- end }}',
    'local: {{ $both | quote }}',
    '{{- with $root.Values.name }}',
    'named:',
    '  name: {{ . | quote }}',
    '  other: {{ $root.Values.deep.name | quote }}',
    '{{- end }}',
    'text: {{ printf "%s-%s" $word $root.Values.name | quote }}',
  ]);
});

test('and is what its arguments make of it', () => {
  expect(evaluate(BODY, withArguments({ word: 'w', count: values.size, big: false }, scopeWith()))).toEqual({
    text: 'w-n',
    count: 3,
    named: { name: 'n', other: 'deep' },
    list: ['http/w/two', 'grpc/w/two'],
    local: 'n3',
  });
});

const CALLS: readonly (readonly [what: string, given: Arguments, printed: string])[] = [
  ['nothing', {}, '.'],
  ['constants', { a: 'x "y"', b: 1.5, c: true }, '(dict "root" . "a" "x \\"y\\"" "b" 1.5 "c" true)'],
  [
    'values',
    { a: values.name, b: replaced(values.name, '_', '-') },
    '(dict "root" . "a" .Values.name "b" (.Values.name | replace "_" "-"))',
  ],
  ['lists', { a: ['x', 1, ['y']], b: [] }, '(dict "root" . "a" (list "x" 1 (list "y")) "b" list)'],
  [
    'maps',
    { a: { 'x/y': { z: ['w'] } }, b: {} },
    '(dict "root" . "a" (dict "x/y" (dict "z" (list "w"))) "b" dict)',
  ],
];

test.each(CALLS)('a template is called with %s', (_what, arguments_, printed) => {
  expect(printArguments(arguments_, printScope())).toBe(printed);
});

test('the root of the caller is handed on, whatever it is called there', () => {
  expect(printArguments({}, printScope('$'))).toBe('$');
  expect(printArguments({ a: 1 }, printScope('$'))).toBe('(dict "root" $ "a" 1)');
  expect(printArguments({ a: values.name }, printScope('$root'))).toBe(
    '(dict "root" $root "a" $root.Values.name)',
  );
});

test('constants of any shape are themselves', () => {
  const constant = { a: ['x', 1, [true]], b: {}, c: [] };
  expect(argumentOf(constant).evaluate(scopeWith())).toEqual(constant);
  expect(argumentOf(constant).type).toBe('map');
  expect(argumentOf([]).type).toBe('list');
});

test('a template sees its arguments, and no variable of its caller', () => {
  const caller = scopeWith({}, { $entry: 'e', $word: 'of the caller' });
  expect(withArguments({ word: 'w', name: values.name }, caller).variables).toEqual({
    $word: 'w',
    $name: 'n',
  });
});

test('no parameter takes the place of the root', () => {
  expect(() => parameters({ root: Type.String() })).toThrow('no parameter can be called root');
});
