import fc from 'fast-check';
import type { Description, Json } from '../../../lib/engine';
import type { Override } from './draft';

/** What a document says of a chart inside: it is on, off, without a condition, or left as it is. */
const STATES: readonly (Json | undefined)[] = [true, true, false, false, null, undefined];
/** What a document says of a tag. */
const TAGS: readonly (Json | undefined)[] = [true, false, undefined];

/** All switches of charts inside, at every level. */
export function switchesOf(
  { subcharts }: Description,
  at: readonly string[] = [],
): { readonly path: readonly string[]; readonly states: readonly (Json | undefined)[] }[] {
  const tags = new Set(subcharts.flatMap((subchart) => subchart.tags));
  return [
    ...[...tags].map((tag) => ({ path: [...at, 'tags', tag], states: TAGS })),
    ...subcharts.flatMap(({ description, condition }) => [
      { path: [...at, ...condition.split('.')], states: STATES },
      ...switchesOf(description, [...at, description.facts.name]),
    ]),
  ];
}

/** Which charts inside are there: drawn for each by itself, so that a few hundred documents meet every pair. */
export function statesOf(description: Description): fc.Arbitrary<Override[]> {
  const switches = switchesOf(description).map(({ path, states }) =>
    fc.constantFrom(...states).map((value): Override[] => (value === undefined ? [] : [{ path, value }])),
  );
  return fc.tuple(...switches).map((overrides) => overrides.flat());
}
