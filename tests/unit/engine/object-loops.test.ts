/** One object for each entry of a list or a map of values. */
import { Type } from '@sinclair/typebox';
import type { App } from 'cdk8s';
import { KubeConfigMap, type KubeConfigMapProps } from 'cdk8s-plus-28/lib/imports/k8s';
import { Construct } from 'constructs';
import {
  closed,
  defineChart,
  DescribedConstruct,
  flag,
  group,
  line,
  objectsOfEach,
  objectsOfEachEntry,
  TemplateFolder,
  templated,
  text,
  type Condition,
  type Description,
  type Value,
} from '../../../lib/engine';
import { evaluationScope, finalValues, renderChart, renderObjects } from '../../../lib/engine/renderers';

const book = closed({ name: line('Name'), on: flag('Whether it is sold') });

const chart = defineChart({
  facts: { name: 'shop', version: '1.0.0', appVersion: '1.0.0' },
  metadata: { description: 'A shop' },
  values: {
    on: group(flag('Sell books'), true),
    books: group(Type.Array(book), []),
    shelves: group(
      Type.Unsafe<Record<string, { name: string; on: boolean }[]>>({
        type: 'object',
        additionalProperties: { type: 'array', items: book },
      }),
      {},
    ),
  },
});
const { values } = chart;

class Title extends DescribedConstruct {
  constructor(scope: Construct, name: Value<string>, when: Condition) {
    super(scope, 'title', { source: 'shop.ts', when });
    new KubeConfigMap(
      this,
      'title',
      templated<KubeConfigMapProps>({ metadata: { name }, data: { shop: 'a' } }),
    );
  }
}

function described(objects: (folder: TemplateFolder) => void): Description {
  return chart.describe({
    objects: (app: App) => objects(new TemplateFolder(app, 'books', { when: values.on })),
  });
}

const ofList = described((folder) =>
  objectsOfEach(folder, values.books, 'book', (scope, { name, on }) => new Title(scope, name, on)),
);
const ofMap = described((folder) =>
  objectsOfEachEntry(folder, values.shelves, ['shelf', 'books'], (outer, shelf, books) =>
    objectsOfEach(
      outer,
      books,
      'book',
      (scope, { name, on }) => new Title(scope, text`${shelf}-${name}`, on),
    ),
  ),
);

function rendered(of: Description, overrides: Parameters<typeof finalValues>[1]): string[] {
  const values_ = finalValues(of.catalogue, overrides);
  return renderObjects(of, evaluationScope(of.facts, values_, { name: 'rel', namespace: 'ns' })).map(
    ({ template }) => template,
  );
}

test('a template has the loop around the object, and the condition of a round inside', () => {
  expect(renderChart(ofList).get('templates/books/title.yaml')).toBe(`{{- if .Values.on }}
{{- range $book := .Values.books }}
{{- if $book.on }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $book.name | quote }}
data:
  shop: a
{{- end }}
{{- end }}
{{- end }}
`);
});

test('there is an object for each entry whose condition holds', () => {
  const books = [
    { name: 'one', on: true },
    { name: 'two', on: false },
    { name: 'three', on: true },
  ];
  expect(rendered(ofList, { books })).toEqual(['books/title-one', 'books/title-three']);
  expect(rendered(ofList, { books, on: false })).toEqual([]);
  expect(rendered(ofList, {})).toEqual([]);
});

test('a loop in a loop knows the variables of both', () => {
  const template = renderChart(ofMap).get('templates/books/title.yaml');
  expect(template).toContain(
    '{{- range $shelf, $books := .Values.shelves }}\n{{- range $book := $books }}\n',
  );
  expect(template).toContain('name: {{ printf "%s-%s" $shelf $book.name | quote }}');
  const shelves = { b: [{ name: 'one', on: true }], a: [{ name: 'two', on: true }], c: [] };
  expect(rendered(ofMap, { shelves })).toEqual(['books/title-a-two', 'books/title-b-one']);
});

test('two objects that would be one template are refused', () => {
  const twice = described((folder) => {
    new Title(new Construct(folder, 'one'), text`one`, values.on);
    new Title(new Construct(folder, 'two'), text`two`, values.on);
  });
  expect(() => renderChart(twice)).toThrow(
    'books/one/title/title and books/two/title/title would both be the template books/title.yaml',
  );
});
