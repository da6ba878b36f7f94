import { rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../lib/engine';
import { finalValues } from '../../../lib/engine/renderers';
import { mapOf } from '../documents/maps';
import { writeFiles } from '../proof/chart';
import { inParallel, type Prover } from '../proof/prover';
import { catalogueOfTree, filesOfTree, type ChartTree } from './tree';

/** Few keys, so that charts, slices and overrides meet in them; `global` and the names of charts among them. */
const keys = fc.constantFrom('a', 'b', 'c', 'global', 'global', 'one', 'two', 'three');

/** Any value; null only among overrides, since `defineChart` refuses it as a default. */
function valuesOf(nulls: boolean): fc.Arbitrary<JsonObject> {
  return fc.letrec<{ any: Json; map: JsonObject }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<Json>(1, 'x', true, [], ...(nulls ? [null, null] : [])),
      { arbitrary: tie('map'), weight: 3 },
    ),
    map: fc.array(fc.tuple(keys, tie('any')), { maxLength: 4 }).map((entries) => mapOf(entries)),
  })).map;
}

const defaults = valuesOf(false);
const state = fc.constantFrom<JsonObject>({ enabled: true }, { enabled: true }, { enabled: false }, {});

/** The defaults of a chart: what it says of the charts inside is a map with a condition, or nothing. */
function chartArbitrary(
  name: string,
  names: readonly string[],
  tags: readonly string[],
): fc.Arbitrary<ChartTree> {
  const [next, ...others] = names;
  const inside: fc.Arbitrary<ChartTree[]> =
    next === undefined
      ? fc.constant([])
      : fc.tuple(
          chartArbitrary(next, others, tags),
          ...(name === 'root' ? [chartArbitrary('four', [], tags)] : []),
        );
  return fc
    .record({
      own: defaults,
      inside,
      slices: fc.array(fc.tuple(defaults, state), { minLength: 2, maxLength: 2 }),
      tags: fc.constantFrom([], tags),
    })
    .map(({ own, inside: charts, slices, tags: its }) => ({
      name,
      defaults: {
        ...own,
        ...Object.fromEntries(
          charts.map((inner, i) => [inner.name, Object.assign({}, ...(slices[i] ?? []))]),
        ),
      },
      tags: its,
      inside: charts,
    }));
}

const tried = fc.record({
  // Tags count in the outermost chart alone.
  chart: chartArbitrary('root', ['one', 'two'], ['t']).map((root) => ({
    ...root,
    inside: root.inside?.map((inner) => ({
      ...inner,
      inside: inner.inside?.map((deep) => ({ ...deep, tags: [] })),
    })),
  })),
  overrides: fc
    .tuple(valuesOf(true), fc.constantFrom<JsonObject>({}, { tags: { t: true } }, { tags: { t: false } }))
    .map(([values, tags]) => ({ ...values, ...tags })),
});

/** Random charts with charts inside, and random overrides with nulls at every level: what the values come to. */
export async function proveValuesInside(prover: Prover, count: number, seed: number): Promise<string[]> {
  const faults: string[] = [];
  await inParallel(fc.sample(tried, { numRuns: count, seed }), 4, async ({ chart, overrides }) => {
    const folder = writeFiles(filesOfTree(chart));
    const answer = await prover.values({ chart: folder, files: [JSON.stringify(overrides)] });
    rmSync(folder, { recursive: true });
    const ours = finalValues(catalogueOfTree(chart), overrides);
    for (const helm of ['helm3', 'helm4'] as const) {
      const { error, values } = answer[helm];
      // A slice that is no map: the schema of the outer chart refuses it before.
      if (error?.includes('type mismatch') === true) continue;
      if (error === null && isDeepStrictEqual(values, JSON.parse(JSON.stringify(ours)))) continue;
      const lines = { chart, overrides, [helm]: error ?? values, ours };
      faults.push(`values of charts inside (seed ${seed}): ${JSON.stringify(lines, null, 1)}`);
    }
  });
  return faults.slice(0, 3);
}
