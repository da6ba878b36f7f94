import { readFileSync } from 'node:fs';
import { describePlatform } from '../../../lib/umbrella';
import { parseValuesText } from '../../../lib/engine/renderers';
import { baseObjects } from '../../../scripts/base-objects';

const lists = baseObjects(describePlatform());

test.each([...lists.keys()])('%s is up to date (npm run docs)', (path) => {
  expect(readFileSync(path, 'utf8')).toBe(lists.get(path));
});

test('every list names objects of many kinds, and each once', () => {
  for (const list of lists.values()) {
    const names = list
      .trimEnd()
      .split('\n')
      .map((line) => line.split('  ')[1]);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(names.map((name) => name?.split('/')[0])).size).toBeGreaterThan(5);
  }
});

/** Slices of the values that belong to parts, which the bases switch off. */
const PARTS: readonly string[] = ['airflow'];

function coreOf(file: string): object {
  const { overrides } = parseValuesText(readFileSync(file, 'utf8'), file);
  return Object.fromEntries(Object.entries(overrides).filter(([key]) => !PARTS.includes(key)));
}

test.each(['dev', 'staging', 'prod'])('base-%s says of the core what the environment says', (name) => {
  expect(coreOf(`tests/values/base-${name}.yaml`)).toEqual(coreOf(`values/${name}.yaml`));
});

test.each(['dev', 'staging', 'prod'])('base-%s has every part off', (name) => {
  const file = `tests/values/base-${name}.yaml`;
  const { overrides } = parseValuesText(readFileSync(file, 'utf8'), file);
  for (const part of PARTS) expect(overrides[part]).toEqual({ enabled: false });
});
