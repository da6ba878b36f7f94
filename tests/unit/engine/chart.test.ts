/** A chart as a whole: what is wrong with it is told when it is made. */
import { KubeConfigMap, type KubeConfigMapProps } from 'cdk8s-plus-28/lib/imports/k8s';
import {
  body,
  chartValues,
  closed,
  defineChart,
  DescribedConstruct,
  group,
  include,
  integer,
  line,
  release,
  shared,
  slice,
  TemplateFolder,
  templated,
  text,
  type Description,
  type Helper,
  type Value,
} from '../../../lib/engine';
import {
  brokenRules,
  definitionsOf,
  evaluationScope,
  finalValues,
  renderChart,
  renderObjects,
  schemaProblems,
  type JsonObject,
} from '../../../lib/engine/renderers';

const greeting: Helper<0> = {
  name: 'greeting',
  doc: 'A greeting.',
  yields: 'string',
  takes: 0,
  reads: [],
  template: body`hello`,
  evaluate: () => 'hello',
};

const inner = defineChart({
  facts: { name: 'cache', version: '0.2.0', appVersion: '7' },
  metadata: { description: 'A cache' },
  values: { port: group(integer('Port', 1, 9000), 6379), size: group(line('Size'), '1Gi') },
});
const ports = [
  { path: 'port', broken: inner.values.port, sentence: 'is never fine' },
] as unknown as Description['rules'];

class Texts extends DescribedConstruct {
  constructor(folder: TemplateFolder, data: Record<string, Value<string> | string>) {
    super(folder, 'texts', { source: 'chart.test.ts' });
    new KubeConfigMap(
      this,
      'config-map',
      templated<KubeConfigMapProps>({ metadata: { name: text`${release.name}-texts` }, data }),
    );
  }
}

const cache = inner.describe({
  objects: (app) => new Texts(new TemplateFolder(app, 'texts'), { port: text`${inner.values.port}` }),
});

const outer = defineChart({
  facts: { name: 'shop', version: '0.1.0', appVersion: '1' },
  metadata: { description: 'A shop' },
  values: { name: group(line('Name'), 'books'), cache: slice(cache, { enabled: true, size: '2Gi' }) },
});

function shopWith(
  data: Record<string, Value<string> | string>,
  more: Partial<Pick<Description, 'helpers'>> = {},
): Description {
  return outer.describe({
    objects: (app) => new Texts(new TemplateFolder(app, 'shop'), data),
    ...more,
  });
}
const shop = shopWith({ name: outer.values.name, size: outer.values.cache.size });

function rendered(of: Description, overrides: JsonObject = {}): JsonObject[] {
  const values = finalValues(of.catalogue, overrides);
  const scope = evaluationScope(of.facts, values, { name: 'rel', namespace: 'ns' });
  return renderObjects(of, scope).map(({ object }) => object);
}

test('two charts in one process have two prefixes', () => {
  const one = shopWith({ hello: include(greeting) }, { helpers: [greeting] });
  const other = inner.describe({
    objects: (app) => new Texts(new TemplateFolder(app, 'texts'), { hello: include(greeting) }),
    helpers: [greeting],
  });
  expect(renderChart(one).get('templates/shop/config-map.yaml')).toContain('include "shop.greeting" .');
  expect(renderChart(other).get('templates/texts/config-map.yaml')).toContain('include "cache.greeting" .');
});

test('a reference of another chart is refused, with the names of both', () => {
  const strange = shopWith({ port: text`${inner.values.port}` });
  expect(() => renderChart(strange)).toThrow(
    'Values.port of the chart cache stands in a template of the chart shop, which cannot see it',
  );
});

test('a helper that looks at the values of another chart is refused too', () => {
  const looking = { ...greeting, reads: [inner.values.port] };
  const strange = shopWith({ hello: include(looking) }, { helpers: [looking] });
  expect(() => renderChart(strange)).toThrow(
    'Values.port of the chart cache stands in a template of the chart shop',
  );
});

test('a named template that is called and not there is refused', () => {
  expect(() => renderChart(shopWith({ hello: include(greeting) }))).toThrow(
    'templates/shop/config-map.yaml calls shop.greeting, which is not defined: add it to the helpers of the chart',
  );
});

test('the chart inside has a folder of its own, and is a dependency', () => {
  const files = renderChart(shop);
  expect([...files.keys()].filter((path) => path.startsWith('charts/cache/')).sort()).toEqual([
    'charts/cache/Chart.yaml',
    'charts/cache/README.md',
    'charts/cache/templates/NOTES.txt',
    'charts/cache/templates/_helpers.tpl',
    'charts/cache/templates/_rules.tpl',
    'charts/cache/templates/check-values.yaml',
    'charts/cache/templates/texts/config-map.yaml',
    'charts/cache/values.schema.json',
    'charts/cache/values.yaml',
  ]);
  expect(files.get('Chart.yaml')).toContain(
    'dependencies:\n  - name: cache\n    version: 0.2.0\n    condition: cache.enabled\n',
  );
  expect([...renderChart(cache)].every(([path, of]) => files.get(`charts/cache/${path}`) === of)).toBe(true);
});

test('its objects see its own slice, over which the outer chart has defaults', () => {
  const [ours, theirs] = rendered(shop, { cache: { port: 7000 } });
  expect(ours).toHaveProperty('data.size', '2Gi');
  expect(theirs).toHaveProperty('data.port', '7000');
  expect(rendered(shop, { cache: { enabled: false } })).toHaveLength(1);
});

test('its schema and its rules are asked while it is there', () => {
  const problems = (cacheValues: JsonObject): string[] =>
    schemaProblems(shop.catalogue, finalValues(shop.catalogue, { cache: cacheValues })).map(
      ({ path }) => path,
    );
  expect(problems({ prt: 1, port: 'x' }).sort()).toEqual(['cache.port', 'cache.prt']);
  expect(problems({ prt: 1, enabled: false })).toEqual([]);
  const strict = inner.describe({ objects: () => undefined, rules: ports });
  const values = { port: true, size: '', enabled: true };
  const scope = evaluationScope(strict.facts, { cache: values }, { name: 'rel', namespace: 'ns' });
  const inside = { description: strict, condition: 'cache.enabled', tags: [] };
  expect(brokenRules({ rules: [], subcharts: [inside] }, scope)).toEqual([
    { path: 'cache.port', steps: ['cache', 'port'], sentence: 'is never fine' },
  ]);
});

test('a slice has the name of its chart, and no value that the chart has not', () => {
  const record = { facts: outer.catalogue.chart, metadata: { description: '' } };
  expect(() =>
    defineChart({
      facts: { name: record.facts, version: '1', appVersion: '1' },
      metadata: record.metadata,
      values: { store: slice(cache, { enabled: true }) },
    }),
  ).toThrow('shop: the slice store has the name of its chart, cache: Helm looks for it there');
  expect(() => slice(cache, { enabled: true, prt: 1 } as { enabled: boolean })).toThrow(
    'the chart inside has no value prt; known: enabled, global, port, size',
  );
});

test('two shapes of one name are refused where both are in one schema', () => {
  const one = closed({
    a: shared('shape', closed({ x: line('X') })),
    b: shared('shape', closed({ y: line('Y') })),
  });
  expect(() => definitionsOf(one)).toThrow('two shapes are called shape');
  const apart = [
    closed({ a: shared('shape', closed({ x: line('X') })) }),
    closed({ b: shared('shape', closed({})) }),
  ];
  expect(apart.map((schema) => Object.keys(definitionsOf(schema)))).toEqual([['shape'], ['shape']]);
  expect(chartValues('shop', closed({}))).toBeDefined();
});
