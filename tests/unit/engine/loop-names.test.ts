import { Type, type Static } from '@sinclair/typebox';
import {
  chartValues,
  eachEntry,
  eachOf,
  equals,
  evaluate,
  expressionOf,
  local,
  lookupIn,
  printLines,
  printLocals,
  printYaml,
  text,
  when,
  type Json,
  type JsonObject,
  type Node,
  type Value,
} from '../../../lib/engine/renderers';
import { printScope, scopeWith } from './support';

const Row = Type.Object({ size: Type.String() });
const Hosts = Type.Object({
  name: Type.String(),
  hosts: Type.Array(
    Type.Object({ name: Type.String(), row: Type.String(), paths: Type.Array(Type.String()) }),
  ),
  rows: Type.Unsafe<Record<string, Static<typeof Row>>>({ type: 'object', additionalProperties: Row }),
});
const { name, hosts, rows } = chartValues<Static<typeof Hosts>>('chart', Hosts);

const VALUES: JsonObject = {
  name: 'n',
  hosts: [
    { name: 'a', row: 'small', paths: ['x', 'y'] },
    { name: 'b', row: 'large', paths: [] },
  ],
  rows: { small: { size: '1Gi' }, large: { size: '2Gi' } },
};

const node = (value: Value<unknown>): Node => expressionOf(value);

/** A whole template, with what is defined at its top. */
function template(tree: Node): string {
  const scope = printScope();
  const lines = printYaml(tree, scope);
  return [...printLocals(scope.locals, scope), ...lines].join('\n');
}

function object(tree: Node): Json | undefined {
  return evaluate(tree, scopeWith(VALUES));
}

describe('a local of the variable of a loop', () => {
  test('is defined where the variable is', () => {
    const tree = { l: [eachOf(hosts, 'host', (host) => node(local('both', text`${host.name}-${name}`)))] };
    expect(template(tree)).toBe(
      [
        '{{- with .Values.hosts }}',
        'l:',
        '  {{- range $host := . }}',
        '  {{- $both := printf "%s-%s" $host.name $.Values.name }}',
        '  - {{ $both | quote }}',
        '  {{- end }}',
        '{{- end }}',
      ].join('\n'),
    );
    expect(object(tree)).toEqual({ l: ['a-n', 'b-n'] });
  });

  test('of a row that its key finds', () => {
    const tree = { l: [eachOf(hosts, 'host', (host) => node(lookupIn(rows, host.row, 'row').size))] };
    expect(template(tree)).toContain(
      '  {{- $row := index $.Values.rows $host.row | default dict }}\n  - {{ $row.size',
    );
    expect(object(tree)).toEqual({ l: ['1Gi', '2Gi'] });
  });

  test('stands in the innermost loop that it needs; what needs none stands at the top', () => {
    const top = local('top', text`<${name}>`);
    const inner = (host: Value<string>, path: Value<string>): Node =>
      node(text`${local('middle', text`${top}${host}`)}${local('deep', text`${top}/${path}`)}`);
    const tree = {
      l: [eachOf(hosts, 'host', (host) => eachOf(host.paths, 'path', (path) => inner(host.name, path)))],
    };
    const lines = template(tree).split('\n');
    expect(lines[0]).toBe('{{- $top := printf "<%s>" .Values.name }}');
    // Before them a loop has looked whether there is any path.
    const inside = lines.slice(lines.indexOf('{{- if $found }}'));
    expect(inside.filter((line) => line.includes(' := ')).map((line) => line.trim())).toEqual([
      '{{- range $host := .Values.hosts }}',
      '{{- $middle := printf "%s%s" $top $host.name }}',
      '{{- range $path := $host.paths }}',
      '{{- $deep := printf "%s/%s" $top $path }}',
    ]);
    expect(object(tree)).toEqual({ l: ['<n>a<n>/x', '<n>a<n>/y'] });
  });

  test('is defined where a filter asks for it too', () => {
    const tree = {
      l: [
        eachOf(hosts, 'host', (host) =>
          when(equals(lookupIn(rows, host.row, 'row').size, '2Gi'), node(host.name)),
        ),
      ],
    };
    const defined = '{{- $row := index $.Values.rows $host.row | default dict }}';
    const asked = '{{- if eq $row.size "2Gi" }}';
    expect(
      template(tree)
        .match(/.*row.*/g)
        ?.map((line) => line.trim()),
    ).toEqual([defined, asked, defined, asked]);
    expect(object(tree)).toEqual({ l: ['b'] });
  });

  test('in lines for people', () => {
    const lines = [eachOf(hosts, 'host', (host) => [text`- ${local('both', text`${host.name}-${name}`)}`])];
    expect(printLines(['Hosts:', ...lines], printScope())).toEqual([
      'Hosts:',
      '{{- range $host := .Values.hosts }}',
      '{{- $both := printf "%s-%s" $host.name $.Values.name }}',
      '- {{ $both }}',
      '{{- end }}',
    ]);
  });

  test.each<[string, Node]>([
    ['the variable itself', node(local('host', text`<${name}>`))],
    ['a local from outside', node(text`${local('twice', text`<${name}>`)}`)],
  ])('has no name that is taken: %s', (_what, other) => {
    const tree = {
      l: [eachOf(hosts, 'host', (host) => [node(local('twice', text`<${host.name}>`)), other] as Node)],
    };
    expect(() => template(tree)).toThrow(/in the loop with \$host two values have the name \$(host|twice)/);
  });
});

test('two values of one name in one template', () => {
  const tree = { a: node(local('x', text`<${name}>`)), b: node(local('x', text`[${name}]`)) };
  expect(() => template(tree)).toThrow('two values have the name $x in one template');
  expect(template({ a: node(local('x', text`<${name}>`)), b: node(local('x', text`<${name}>`)) })).toContain(
    'b: {{ $x',
  );
});

describe('a loop in a loop', () => {
  const nested = (outer: string, inner: string): Node => ({
    l: [
      eachEntry(rows, ['key', outer], (key) =>
        eachOf(hosts, inner, (host) => node(text`${key}${host.name}`)),
      ),
    ],
  });

  test('has a variable of its own', () => {
    expect(object(nested('row', 'host'))).toEqual({ l: ['largea', 'largeb', 'smalla', 'smallb'] });
    expect(template(nested('row', 'host'))).toContain('{{- range $host := $.Values.hosts }}');
  });

  test.each(['row', 'key'])('of the name of an outer one is refused: %s', (inner) => {
    expect(() => template(nested('row', inner))).toThrow(
      `the loop over .Values.hosts stands inside of the one over .Values.rows, and both have a variable $${inner}`,
    );
    expect(() => object(nested('row', inner))).toThrow(
      `a loop inside of another one has a variable $${inner} too`,
    );
  });

  test('beside another one may share its name', () => {
    const tree = { l: [eachOf(hosts, 'h', (h) => node(h.name)), eachOf(hosts, 'h', (h) => node(h.row))] };
    expect(object(tree)).toEqual({ l: ['a', 'b', 'small', 'large'] });
    expect(template(tree)).toContain('- {{ $h.row');
  });
});

test('the variable of a loop is nothing outside of it', () => {
  let leaked: Node = '';
  eachOf(hosts, 'host', (host) => (leaked = node(host.name)));
  expect(() => object({ a: leaked })).toThrow('$host is the variable of a loop, and used outside of it');
});
