import { Chart } from 'cdk8s';
import {
  KubeConfigMap,
  KubePod,
  type KubeConfigMapProps,
  type KubePodProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import {
  eachEntry,
  eachOf,
  either,
  equals,
  evaluate,
  evaluateLines,
  matches,
  nonEmpty,
  plus,
  printLines,
  printWholeText,
  printYaml,
  local,
  spreadEach,
  spreadMap,
  symbolicApp,
  templated,
  text,
  upper,
  when,
  type Item,
  type Json,
  type JsonObject,
  type Line,
  type TextMap,
} from '../../../lib/engine/renderers';
import { printScope, scopeWith, values } from './support';

const { ports, labels, items, on, name } = values;

/** Items as a template, and as a release has them: by way of an L1 class, which maps each item. */
function podWith(containers: readonly Item<{ name: string; image?: string }>[]): {
  template: string;
  of: (overrides: JsonObject) => Json | undefined;
} {
  const { app, symbolicValues } = symbolicApp();
  const props = templated<KubePodProps>({ spec: { containers: [], initContainers: containers } });
  const tree = symbolicValues.capture(new KubePod(new Chart(app, 'chart'), 'pod', props));
  const spec = (tree as unknown as { readonly spec: { readonly initContainers: never } }).spec;
  const node = { initContainers: spec.initContainers };
  return {
    template: printYaml(node, printScope()).join('\n'),
    of: (overrides) => (evaluate(node, scopeWith(overrides)) as JsonObject | undefined)?.['initContainers'],
  };
}

describe('a loop with an index', () => {
  const pod = podWith([
    eachOf(ports, ['port', 'i'], (port, i) => ({ name: text`${port.name}-${plus(i, 1)}` })),
  ]);

  test('as a template', () => {
    expect(pod.template).toBe(`{{- with .Values.ports }}
initContainers:
  {{- range $i, $port := . }}
  - name: {{ printf "%s-%d" $port.name (int (add $i 1)) | quote }}
  {{- end }}
{{- end }}`);
  });

  test('in TypeScript', () => {
    expect(pod.of({})).toEqual([{ name: 'http-1' }, { name: 'grpc-2' }]);
  });
});

describe('a loop with a filter', () => {
  const pod = podWith([
    eachOf(ports, 'port', (port) => when(matches(port.name, '^g'), { name: port.name, image: 'i' })),
  ]);

  test('looks first whether anything is left, since an empty key would be null', () => {
    expect(pod.template).toBe(`{{- $found := false }}
{{- range $port := .Values.ports }}
{{- if regexMatch "^g" $port.name }}
{{- $found = true }}
{{- end }}
{{- end }}
{{- if $found }}
initContainers:
  {{- range $port := .Values.ports }}
  {{- if regexMatch "^g" $port.name }}
  - name: {{ $port.name | quote }}
    image: i
  {{- end }}
  {{- end }}
{{- end }}`);
  });

  test.each<[JsonObject, Json | undefined]>([
    [{}, [{ name: 'grpc', image: 'i' }]],
    [{ ports: [] }, undefined],
    [{ ports: [{ name: 'http', number: 1 }] }, undefined],
  ])('in TypeScript, with %j', (overrides, expected) => {
    expect(pod.of(overrides)).toEqual(expected);
  });

  test('asks for a condition around it first: what it looks through may not be there', () => {
    const filtered = podWith([
      when(
        on,
        eachOf(ports, 'port', (port) => when(equals(port.name, name), { name: port.name })),
      ),
      when(nonEmpty(name), { name }),
    ]);
    expect(filtered.template.split('\n').slice(0, 12)).toEqual([
      '{{- $found := false }}',
      '{{- if .Values.on }}',
      '{{- range $port := .Values.ports }}',
      '{{- if eq $port.name $.Values.name }}',
      '{{- $found = true }}',
      '{{- end }}',
      '{{- end }}',
      '{{- end }}',
      '{{- if .Values.name }}',
      '{{- $found = true }}',
      '{{- end }}',
      '{{- if $found }}',
    ]);
    expect(filtered.of({})).toEqual([{ name: 'n' }]);
    expect(filtered.of({ name: 'http' })).toEqual([{ name: 'http' }, { name: 'http' }]);
    expect(filtered.of({ name: '' })).toBeUndefined();
  });
});

describe('several items a round', () => {
  const pod = podWith([
    { name: 'first' },
    when(
      on,
      eachOf(ports, 'port', (port) => [
        { name: port.name, image: 'a' },
        when(equals(port.number, 90), { name: upper(port.name) }),
      ]),
    ),
    eachOf(ports, 'port', (port) => eachOf(items, 'item', (item) => [{ name: item }, { name: port.name }])),
  ]);

  test('stay in one loop on their way through an L1 class', () => {
    expect(pod.template).toBe(`initContainers:
  - name: first
  {{- if .Values.on }}
  {{- range $port := .Values.ports }}
  - name: {{ $port.name | quote }}
    image: a
  {{- if eq (int $port.number) 90 }}
  - name: {{ $port.name | upper | quote }}
  {{- end }}
  {{- end }}
  {{- end }}
  {{- range $port := .Values.ports }}
  {{- range $item := $.Values.items }}
  - name: {{ $item | quote }}
  - name: {{ $port.name | quote }}
  {{- end }}
  {{- end }}`);
  });

  test('in TypeScript', () => {
    const names = (containers: Json | undefined): unknown =>
      (containers as { name: string }[]).map((container) => container.name);
    expect(names(pod.of({ items: ['x'] }))).toEqual([
      'first',
      'http',
      'grpc',
      'GRPC',
      'x',
      'http',
      'x',
      'grpc',
    ]);
    expect(names(pod.of({ on: false, items: [] }))).toEqual(['first']);
  });

  test('are never none', () => {
    expect(() => eachOf(items, 'item', () => [])).toThrow('the loop of $item makes nothing');
  });
});

describe('a loop that makes the entries of a map', () => {
  const data: TextMap = {
    fixed: 'x',
    ...spreadEach(
      eachEntry(labels, ['key', 'label'], (key, label) => ({ key: text`f-${key}`, value: label })),
    ),
    ...spreadEach(
      eachOf(ports, ['port', 'i'], (port, i) =>
        when(nonEmpty(port.name), { key: text`p${i}`, value: when(on, port.name) }),
      ),
    ),
  };
  const { app, symbolicValues } = symbolicApp();
  const map = new KubeConfigMap(new Chart(app, 'chart'), 'map', templated<KubeConfigMapProps>({ data }));
  const tree = (symbolicValues.capture(map) as unknown as { readonly data: never }).data;

  test('as a template', () => {
    expect(printYaml(tree, printScope()).join('\n')).toBe(`fixed: x
{{- range $key, $label := .Values.labels }}
{{ printf "f-%s" $key | quote }}: {{ $label | quote }}
{{- end }}
{{- range $i, $port := .Values.ports }}
{{- with $port.name }}
{{- if $.Values.on }}
p{{ $i | int }}: {{ . | quote }}
{{- end }}
{{- end }}
{{- end }}`);
  });

  test('in TypeScript', () => {
    expect(evaluate(tree, scopeWith())).toEqual({
      fixed: 'x',
      'f-a': '1',
      'f-b': '2',
      p0: 'http',
      p1: 'grpc',
    });
    expect(evaluate(tree, scopeWith({ on: false, labels: {} }))).toEqual({ fixed: 'x' });
  });

  test('makes no key twice', () => {
    const twice = {
      a: spreadEach(eachOf(items, 'item', (item) => ({ key: upper(item), value: 'x' }))),
    } as never;
    expect(() => evaluate(twice, scopeWith({ items: ['k', 'K'] }))).toThrow('the key K is given twice');
  });
});

describe('an optional key', () => {
  test('stands in a map of texts without a cast, beside what is spread', () => {
    const annotations: TextMap = { always: name, sometimes: when(on, name), ...spreadMap(labels) };
    const props = templated<KubeConfigMapProps>({
      metadata: { annotations },
      data: { ...annotations, k: 'v' },
    });
    expect(Object.keys(props.data ?? {})).toContain('sometimes');
  });
});

describe('lines for people', () => {
  const short = local('short', upper(name));
  const LINES: readonly Line[] = [
    text`Hello {{ ${short}`,
    either(on, ['On {{ x }}', '', text`${name}{${name}}`], ['Off']),
    eachOf(ports, ['port', 'i'], (port, i) => [
      when(equals(port.number, 90), [text`${plus(i, 1)}. ${port.name} of ${name}`]),
    ]),
    'Bye',
  ];

  test('as a template: definitions leave no line', () => {
    expect(printWholeText(LINES, printScope()))
      .toBe(`{{- $short := .Values.name | upper }}Hello {{ "{{" }} {{ $short }}
{{- if .Values.on }}
On {{ "{{" }} x }}

{{ .Values.name }}{{ "{" }}{{ .Values.name }}}
{{- else }}
Off
{{- end }}
{{- range $i, $port := .Values.ports }}
{{- if eq (int $port.number) 90 }}
{{ add $i 1 | int }}. {{ $port.name }} of {{ $.Values.name }}
{{- end }}
{{- end }}
Bye
`);
  });

  test.each([
    [{}, ['Hello {{ N', 'On {{ x }}', '', 'n{n}', '2. grpc of n', 'Bye']],
    [{ on: false, ports: [] }, ['Hello {{ N', 'Off', 'Bye']],
  ])('in TypeScript, with %j', (overrides, lines) => {
    expect(evaluateLines(LINES, scopeWith(overrides))).toEqual(lines);
  });

  test.each<[string, readonly Line[]]>([
    ['a loop at the top', [eachOf(items, 'item', (item) => [item])]],
    ['a loop after a line that ends in a space', ['a: ', eachOf(items, 'item', (item) => [item])]],
    ['a blank line at the end of a block', ['a', when(on, ['b', ''])]],
    ['a blank line at the end of the first of two', ['a', either(on, ['b', ''], ['c'])]],
  ])('%s is refused, since its blank would be lost', (_what, lines) => {
    expect(() => printLines(lines, printScope())).toThrow('must follow a line that is not blank');
  });
});
