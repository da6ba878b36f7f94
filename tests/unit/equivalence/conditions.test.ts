/** What the proof counts of the conditions of a chart. */
import { KubeConfigMap } from 'cdk8s-plus-28/lib/imports/k8s';
import {
  addObject,
  closed,
  defineChart,
  given,
  group,
  line,
  listOf,
  objectsOfEach,
  optional,
  present,
  TemplateFolder,
  when,
  type Json,
} from '../../../lib/engine';
import { evaluationScope, finalValues } from '../../../lib/engine/renderers';
import { Conditions } from '../../equivalence/proof/conditions';

const chart = defineChart({
  facts: { name: 'shop', version: '1.0.0', appVersion: '1.0.0' },
  metadata: { description: 'A shop' },
  values: {
    books: group(listOf(closed({ name: line('Name'), note: optional(line('Note')) }), 'Books'), []),
  },
});
const description = chart.describe({
  objects: (app) =>
    objectsOfEach(new TemplateFolder(app, 'books'), chart.values.books, 'book', (scope, { name, note }) =>
      addObject(scope, 'book', KubeConfigMap, {
        metadata: { name },
        data: { shop: 'a', note: when(present(note), given(note)) },
      }),
    ),
});

test('conditions of an object that is there for each entry are counted in each round', () => {
  const conditions = new Conditions(description);
  const books: Json = [{ name: 'a', note: 'n' }, { name: 'b' }, { name: 'c' }];
  const values = finalValues(description.catalogue, { books });
  conditions.count(evaluationScope(description.facts, values, { name: 'r', namespace: 'n' }), true);
  expect([...conditions.seen]).toEqual([['book: hasKey $book "note"', { yes: 1, no: 2 }]]);
});
