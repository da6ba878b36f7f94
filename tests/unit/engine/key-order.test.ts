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

test('a CronJob says when before it says what; a schedule elsewhere has its place by name', () => {
  expect(sortKeys(['jobTemplate', 'concurrencyPolicy', 'schedule'])).toEqual([
    'schedule',
    'concurrencyPolicy',
    'jobTemplate',
  ]);
  expect(sortKeys(['schedule', 'pool'])).toEqual(['pool', 'schedule']);
});
