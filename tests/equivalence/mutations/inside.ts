import type { Json } from '../../../lib/engine';
import { mutation, type Mutation, type Shown } from './mutation';

const DEPENDENCIES = 'lib/engine/values/dependencies.ts';
const COALESCE = 'lib/engine/values/input/coalesce-inside.ts';

/** A single document of the chart with charts inside. */
function inside(values: Readonly<Record<string, Json>>): readonly Shown[] {
  return [{ values, chart: 'library' }];
}

/** Charts inside: who is there, and what they are given. */
export const insideMutations: readonly Mutation[] = [
  mutation(
    'global not handed on to a chart inside',
    COALESCE,
    'handGlobal(values, slice);\n',
    '\n',
    inside({ 'global.team': 'readers' }),
  ),
  mutation(
    'global of the slice wins over that of the outer chart',
    COALESCE,
    'if (!isJsonObject(given)) put(theirs, key, value);',
    'if (given === undefined) put(theirs, key, value);',
    inside({ 'global.team': 'readers', 'search.global.team': 'writers' }),
  ),
  mutation(
    'the condition of a chart inside ignored',
    DEPENDENCIES,
    "if (typeof switched === 'boolean') return switched;",
    'if (switched === true) return switched;',
    inside({ 'search.enabled': false }),
  ),
  mutation(
    'the condition of a chart inside not printed',
    'lib/engine/render/chart.ts',
    '    condition,\n',
    '',
    inside({ 'search.enabled': false }),
  ),
  mutation(
    'tags of charts inside ignored',
    DEPENDENCIES,
    'return given.includes(true) || !given.includes(false);',
    'return given.includes(true) || true;',
    inside({ 'tags.stores': false }),
  ),
  mutation(
    'null that deletes nothing in a chart inside',
    COALESCE,
    'else if (value === null && !merge) Reflect.deleteProperty(values, key);',
    'else if (value === null && merge) Reflect.deleteProperty(values, key);',
    inside({ 'search.index.enabled': true, 'search.index.words': null }),
  ),
  mutation(
    'null that deletes what the outer chart says, and not what the chart inside does',
    COALESCE,
    'merge || inside.some(({ name }) => name === key)',
    'merge',
    inside({ 'search.labels.a': null }),
  ),
  mutation(
    'a rule of a chart inside that nobody asks',
    'lib/engine/chart/rule.ts',
    'return [...own, ...inside];',
    'return inside.length > own.length ? own : own;',
    inside({ 'search.replicas': 95 }),
  ),
];
