import { sortKeys } from '../../../lib/engine/template/key-order';

test.each([
  [
    ['spec', 'metadata', 'kind', 'apiVersion'],
    ['apiVersion', 'kind', 'metadata', 'spec'],
  ],
  [
    ['volumeMounts', 'image', 'name', 'env', 'resources', 'command'],
    ['name', 'image', 'command', 'env', 'resources', 'volumeMounts'],
  ],
  [
    ['volumes', 'containers', 'serviceAccountName', 'initContainers'],
    ['serviceAccountName', 'initContainers', 'containers', 'volumes'],
  ],
  [
    ['limits', 'requests'],
    ['requests', 'limits'],
  ],
  [
    ['zebra', 'apple', 'name'],
    ['name', 'apple', 'zebra'],
  ],
])('%j', (keys, order) => {
  expect(sortKeys(keys)).toEqual(order);
});

test('the order that comes in does not matter', () => {
  const keys = ['spec', 'zebra', 'metadata', 'apple', 'kind'];
  expect(sortKeys(keys.toReversed())).toEqual(sortKeys(keys));
});
