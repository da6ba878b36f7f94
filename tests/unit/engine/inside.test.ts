/** Charts inside of charts: what Helm would not do as it is said is refused when the chart is defined. */
import { Type } from '@sinclair/typebox';
import {
  closed,
  defineChart,
  group,
  integer,
  line,
  optional,
  slice,
  type DescriptionOf,
  type Groups,
  type Value,
} from '../../../lib/engine';
import { expressionOf, finalValues, printScope, schemaProblems } from '../../../lib/engine/renderers';

function chart<G extends Groups>(name: string, values: G): DescriptionOf<G> {
  return defineChart({
    facts: { name, version: '0.1.0', appVersion: '1' },
    metadata: { description: name },
    values,
  }).describe({ objects: () => undefined });
}

const cache = chart('cache', { port: group(integer('Port', 1, 9000), 6379) });

test('a null among the defaults is refused, with its place', () => {
  const size = Type.Unsafe<string | null>({ type: ['string', 'null'] });
  expect(() => chart('shop', { web: group(closed({ size }), { size: null }) })).toThrow(
    'shop.web.size is null by default, which Helm 3 and Helm 4 read differently: leave it out',
  );
});

test('a slice needs something that switches it', () => {
  expect(() => slice(cache, { port: 1 })).toThrow(
    'the slice cache needs enabled among its defaults, or tags: nothing else switches the chart',
  );
  expect(() => slice(cache, { port: 1 }, ['stores'])).not.toThrow();
});

test('tags of a chart that gets an outer chart are refused', () => {
  const shop = chart('shop', { cache: slice(cache, {}, ['stores']) });
  expect(() => slice(shop, { enabled: true })).toThrow(
    'cache inside of shop has tags, and shop gets an outer chart: Helm reads the tags of the outermost one alone, so give it enabled in place of tags',
  );
});

test('a value with the name of a chart further inside is refused', () => {
  const shop = chart('shop', { cache: slice(cache, { enabled: true }) });
  expect(() =>
    chart('mall', { cache: group(line('Cache'), ''), shop: slice(shop, { enabled: true }) }),
  ).toThrow(
    'mall.cache has the name of a chart further inside, and Helm takes the one for the other: call the value otherwise',
  );
});

test('tags switch what has no condition until somebody gives it one', () => {
  const { catalogue } = chart('shop', { cache: slice(cache, {}, ['stores']) });
  const port = (overrides: Parameters<typeof finalValues>[1]): unknown =>
    finalValues(catalogue, overrides)['cache'];
  expect(port({})).toEqual({ port: 6379, global: {} });
  expect(port({ tags: { stores: false } })).toEqual({});
  expect(port({ tags: { stores: false }, cache: { enabled: true } })).toEqual({
    port: 6379,
    enabled: true,
    global: {},
  });
});

test('a slice that is no map has one problem', () => {
  const { catalogue } = chart('shop', { cache: slice(cache, { enabled: true }) });
  const problems = schemaProblems(catalogue, finalValues(catalogue, { cache: 'no' }));
  expect(problems.map(({ path }) => path)).toEqual(['cache']);
});

test('what may be left out has no default, and a null for it deletes nothing', () => {
  const shop = chart('shop', { note: group(optional(line('Note'))) });
  expect(shop.catalogue.defaults).toEqual({});
  const problems = schemaProblems(shop.catalogue, finalValues(shop.catalogue, { note: null }));
  expect(problems).toHaveLength(1);
});

test('a chart further inside is switched off by the outermost one, and seen as what may be on', () => {
  const shop = chart('shop', { cache: slice(cache, { enabled: true, port: 1 }) });
  const mall = defineChart({
    facts: { name: 'mall', version: '0.1.0', appVersion: '1' },
    metadata: { description: 'mall' },
    values: { shop: slice(shop, { enabled: true, cache: { enabled: false } }) },
  });
  const isThere: Value<boolean> = mall.values.shop.cache.enabled;
  expect(expressionOf(isThere).print(printScope('mall'))).toContain('.Values.shop.cache.enabled');
});

test('a slice that null takes away is refused: what the outer chart looks at would be missing', () => {
  const { catalogue } = chart('shop', { cache: slice(cache, { enabled: false, port: 80 }) });
  const told = schemaProblems(catalogue, finalValues(catalogue, { cache: null }));
  expect(told.map(({ path, sentence }) => `${path} ${sentence}`)).toEqual([
    'cache.enabled is missing: null deletes a default that must be there',
  ]);
});
