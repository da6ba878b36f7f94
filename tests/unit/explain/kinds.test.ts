import { nameOf } from '../../../lib/charts/helpers/names';
import { values } from '../../../lib/charts/values';
import { findObjects, knownObjects } from '../../../lib/explain/object';
import { explainValue } from '../../../lib/explain/value';
import type { Description } from '../../../lib/engine';
import { type DescribedObject, type Node, expressionOf } from '../../../lib/engine/renderers';
import { scopeOf, description as platform } from '../../support/platform';

const container: Node = { name: 'main', image: expressionOf(values.image.tag) };
const template: Node = { spec: { containers: [container] } };

function described(kind: string, spec: Node): DescribedObject {
  return {
    folder: 'store',
    file: kind.toLowerCase(),
    source: 'lib/charts/store.ts',
    condition: undefined,
    loops: [],
    alias: undefined,
    named: [],
    tree: { kind, metadata: { name: expressionOf(nameOf('store')) }, spec },
  };
}

/** A description without any Deployment. */
const description: Description = {
  ...platform,
  objects: [
    described('StatefulSet', { template }),
    described('DaemonSet', { template }),
    described('CronJob', { jobTemplate: { spec: { template } } }),
  ],
  notes: [],
};
const scope = scopeOf('dev');

test.each([
  ['sts', 'StatefulSet'],
  ['statefulsets', 'StatefulSet'],
  ['ds', 'DaemonSet'],
  ['cj', 'CronJob'],
])('%s is short for %s, with and without the release', (asked, kind) => {
  for (const name of ['store', 'medkg-store'])
    expect(findObjects(description, scope, asked, name).map(({ object }) => object.tree)).toEqual([
      expect.objectContaining({ kind }),
    ]);
});

test('all are listed by both names', () => {
  expect(knownObjects(description, scope)).toEqual([
    'StatefulSet/medkg-store',
    'StatefulSet/store',
    'DaemonSet/medkg-store',
    'DaemonSet/store',
    'CronJob/medkg-store',
    'CronJob/store',
  ]);
});

test('a value tells which of their fields it sets', () => {
  const known = { defaults: scope.values, environments: new Map() };
  expect(
    explainValue(description, ['image', 'tag'], known)?.effects.map(({ kind, fields }) => [kind, fields]),
  ).toEqual([
    ['StatefulSet', ['spec.template.spec.containers[main].image']],
    ['DaemonSet', ['spec.template.spec.containers[main].image']],
    ['CronJob', ['spec.jobTemplate.spec.template.spec.containers[main].image']],
  ]);
});
