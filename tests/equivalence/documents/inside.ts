import fc from 'fast-check';
import type { Catalogue, Description, Json } from '../../../lib/engine';
import { schemaAt } from '../../../lib/engine/renderers';
import type { Override } from './draft';

/** What a document says of a chart inside: it is on, off, or left as it is. */
const STATES: readonly (Json | undefined)[] = [true, true, false, false, undefined];
/** The same where the outer chart can do without a condition: then tags decide. */
const STATES_BESIDE_TAGS = [...STATES, null];
/** What a document says of a tag. */
const TAGS: readonly (Json | undefined)[] = [true, false, undefined];

/** All switches of charts inside, at every level. */
export function switchesOf(
  { catalogue, subcharts }: Description,
  at: readonly string[] = [],
): { readonly path: readonly string[]; readonly states: readonly (Json | undefined)[] }[] {
  const tags = new Set(subcharts.flatMap((subchart) => subchart.tags));
  return [
    ...[...tags].map((tag) => ({ path: [...at, 'tags', tag], states: TAGS })),
    ...subcharts.flatMap(({ description, condition }) => [
      {
        path: [...at, ...condition.split('.')],
        states: isNeeded(condition, catalogue) ? STATES : STATES_BESIDE_TAGS,
      },
      ...switchesOf(description, [...at, description.facts.name]),
    ]),
  ];
}

/** Whether the schema of the outer chart refuses values without the condition. */
function isNeeded(condition: string, { schema }: Catalogue): boolean {
  const steps = condition.split('.');
  const required = schemaAt(schema, steps.slice(0, -1))?.['required'] as readonly string[] | undefined;
  return required?.includes(steps.at(-1) ?? '') === true;
}

/** Which charts inside are there: drawn for each by itself, so that a few hundred documents meet every pair. */
export function statesOf(description: Description): fc.Arbitrary<Override[]> {
  const switches = switchesOf(description).map(({ path, states }) =>
    fc.constantFrom(...states).map((value): Override[] => (value === undefined ? [] : [{ path, value }])),
  );
  return fc.tuple(...switches).map((overrides) => overrides.flat());
}
