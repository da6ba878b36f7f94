import { readdirSync, readFileSync } from 'node:fs';
import { describePlatform } from '../../../lib/umbrella';
import { API_NAMES } from '../../../lib/engine/renderers';

/** The types of the API, as cdk8s imports them: each `toJson_…` maps a name of the type to one of the API. */
const sources = [
  'node_modules/cdk8s-plus-28/lib/imports/k8s.js',
  ...readdirSync('imports').map((file) => `imports/${file}`),
];
const RENAMED = new Map(
  sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/'([^']+)':[^\n]*?\bobj\.(\w+)/g)]
      .filter(([, apiName, l1Name]) => apiName !== l1Name)
      .map(([, apiName = '', l1Name = '']) => [apiName, l1Name] as const),
  ),
);

function keysOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const here = Object.getPrototypeOf(node) === Object.prototype ? Object.keys(node) : [];
  return [...here, ...Object.values(node).flatMap(keysOf)];
}

const used = new Set(describePlatform().objects.flatMap(({ tree }) => keysOf(tree)));

test('the types rename some fields', () => {
  expect(RENAMED.get('clusterIP')).toBe('clusterIp');
  expect(RENAMED.size).toBeGreaterThan(30);
  expect(used.size).toBeGreaterThan(100);
});

test('every renamed field that the charts use is known to the capture', () => {
  const unknown = [...used].filter((key) => RENAMED.has(key) && API_NAMES[RENAMED.get(key) ?? ''] !== key);
  expect(unknown).toEqual([]);
});

test('no object has a field under the name of the type', () => {
  const apiNames = new Set(RENAMED.keys());
  const l1Names = new Set(
    [...RENAMED.values()].filter((name) => !apiNames.has(name) && !['schema', 'ref'].includes(name)),
  );
  expect([...used].filter((key) => l1Names.has(key))).toEqual([]);
});

test('what is known to the capture is what the types do', () => {
  for (const [l1Name, apiName] of Object.entries(API_NAMES))
    expect([apiName, RENAMED.get(apiName)]).toEqual([apiName, l1Name]);
});
