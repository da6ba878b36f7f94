import { KubeConfigMap } from 'cdk8s-plus-28/lib/imports/k8s';
import {
  addObject,
  defineChart,
  eachEntry,
  group,
  spreadEach,
  stringMap,
  TemplateFolder,
  text,
  type Description,
} from '../../../lib/engine';
import { LONGEST_KEY } from '../../../lib/engine/renderers';
import { withChart } from './chart';
import { judge } from './judge';
import type { Prover } from './prover';

/** Characters, and how many of them a key has at most: some are written with an escape. */
const CHARACTERS: readonly (readonly [character: string, width: number])[] = [
  ['x', 1],
  ['é', 1],
  ['"', 2],
  ['\u200b', 6],
];

/** A chart whose values make the keys of a map. */
function keysChart(): Description {
  const defined = defineChart({
    facts: { name: 'keys', version: '0.1.0', appVersion: '1.0.0' },
    metadata: { description: 'Keys' },
    values: { entries: group(stringMap('Entries'), {}) },
  });
  const { values } = defined;
  const entries = eachEntry(values.entries, ['key', 'value'], (key, value) => ({
    key: text`${key}.txt`,
    value,
  }));
  return defined.describe({
    objects: (app) =>
      addObject(new TemplateFolder(app, 'keys'), 'map', KubeConfigMap, {
        metadata: { name: 'keys' },
        data: { ...spreadEach(entries) },
      }),
  });
}

/** Keys around the longest one that YAML takes: all take it, or all refuse it. */
export async function proveKeys(prover: Prover): Promise<{ keys: number; faults: string[] }> {
  const faults: string[] = [];
  const most = LONGEST_KEY - '".txt"'.length;
  await withChart(keysChart(), async (chart) => {
    for (const [character, width] of CHARACTERS)
      for (const count of [Math.floor(most / width), Math.floor(most / width) + 1]) {
        const files = [JSON.stringify({ entries: { [character.repeat(count)]: 'v' } })];
        const release = { name: 'r', namespace: 'n' };
        const { ours, findings } = await judge(prover, chart, { release, files, set: [], setString: [] });
        const expected = count * width <= most ? 'rendered' : 'refused';
        if (ours.kind !== expected) faults.push(`a key of ${count} ${character} is ${ours.kind} by us`);
        faults.push(
          ...findings.map(({ helm, problem }) => `${helm}: a key of ${count} ${character}: ${problem}`),
        );
      }
  });
  return { keys: CHARACTERS.length * 2, faults };
}
