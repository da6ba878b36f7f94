import { createHash } from 'node:crypto';
import { configJsonSchema } from '../../../lib/config/schema';
import { loaderProblemsOfText } from '../../../lib/config/loader';
import { readPyYaml } from '../../../lib/config/pyyaml';
import { chartFiles, configurationHelpers } from '../../../lib/charts/configuration/helpers';
import { ENVIRONMENTS } from '../../../lib/platform/environments';
import { secretKeys } from '../../../lib/platform/secrets';
import { services } from '../../../lib/platform/services';
import { filesOf, valuesOf } from './release';

/** What a pod gets that declares every secret and calls everyone. */
const EVERYTHING = {
  ...Object.fromEntries(Object.keys(secretKeys).map((key) => [key, 'x'])),
  NEO4J_URI: 'neo4j+s://graph:7687',
  VLLM_API_BASE: 'http://r-qwen-embed-vllm:8000',
};

/** A member of config.yaml or policy.yaml, as the application reads it. */
function member(text: string, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (value as Record<string, unknown>)[key],
      readPyYaml(text, 'config.yaml').value,
    );
}

describe.each(ENVIRONMENTS)('%s', (environment) => {
  const { config, policy } = filesOf(valuesOf(environment));

  test('a pod without secrets can load it', () =>
    expect(loaderProblemsOfText(config, policy, {})).toEqual([]));
  test('a pod with all secrets can load it', () =>
    expect(loaderProblemsOfText(config, policy, EVERYTHING)).toEqual([]));
});

test.each([
  ['dev', 'observability.logging.level', 'debug'],
  ['dev', 'observability.tracing.sample_rate', 1],
  ['dev', 'feature_flags.extraction_experimental_enabled', true],
  ['dev', 'sources.pubmed.rate_limit', { requests_per_minute: 120, burst: 30 }],
  ['dev', 'sources.pmc.rate_limit', { requests_per_minute: 90, burst: 20 }],
  ['dev', 'catalog.vocabs.snomed.enabled', false],
  ['dev', 'apis.cors.allowed_origins', ['http://localhost:3000']],
  ['staging', 'observability.logging.level', 'info'],
  ['staging', 'observability.tracing.sample_rate', 0.1],
  ['staging', 'catalog.vocabs.meddra.enabled', true],
  ['staging', 'apis.rate_limits.public', { requests_per_minute: 120, burst: 60 }],
  ['prod', 'observability.logging.level', 'warn'],
  ['prod', 'observability.metrics.push_interval_seconds', 10],
  ['prod', 'observability.tracing.sample_rate', 0.1],
  ['prod', 'catalog.vocabs.snomed.enabled', true],
  ['prod', 'apis.rate_limits.public', { requests_per_minute: 60, burst: 30 }],
  ['prod', 'apis.rate_limits.partner', { requests_per_minute: 240, burst: 120 }],
  ['prod', 'sources.pubmed.rate_limit', { requests_per_minute: 600, burst: 120 }],
  ['prod', 'embeddings.model', 'Qwen/Qwen3-Embedding-8B'],
] as const)('in %s, %s is %j', (environment, path, value) => {
  expect(member(filesOf(valuesOf(environment)).config, path)).toEqual(value);
});

test('every placeholder has a default that nobody takes for a credential', () => {
  const placeholders = [...filesOf(valuesOf('prod')).config.matchAll(/\$\{([^}]*)\}/g)].map(
    ([, inside]) => inside,
  );
  expect(placeholders.length).toBeGreaterThan(5);
  expect(placeholders.filter((inside) => inside?.split(':')[1] !== 'not-given-to-this-service')).toEqual([]);
});

test('every placeholder is a secret that some service declares, or an address', () => {
  const declared = new Set<string>(services.flatMap(({ secrets }) => secrets));
  const names = [...filesOf(valuesOf('prod')).config.matchAll(/\$\{(\w+):/g)].map(([, name]) => name ?? '');
  expect(names.filter((name) => !declared.has(name)).sort()).toEqual(['NEO4J_URI', 'VLLM_API_BASE']);
});

test('the schema is the one of lib/config, and the chart keeps the same bytes', () => {
  const { schema } = filesOf(valuesOf(undefined));
  expect(JSON.parse(schema)).toEqual(configJsonSchema());
  expect(chartFiles.get('files/config.schema.json')).toBe(schema);
});

test('the checksum is over the three texts, without their last line breaks', () => {
  const { config, policy, schema, checksum } = filesOf(valuesOf(undefined));
  const texts = [config, policy, schema].map((text) => text.replace(/\n$/, ''));
  expect(checksum).toBe(createHash('sha256').update(texts.join('\n')).digest('hex'));
});

test.each([{ kg: { batchSize: 501 } }, { licences: { snomed: { territory: 'CH' } } }])(
  'the checksum changes with %j',
  (config) => {
    expect(filesOf(valuesOf(undefined, config)).checksum).not.toBe(filesOf(valuesOf(undefined)).checksum);
  },
);

test('every value of the group stands in a template', () => {
  const templates = configurationHelpers.map(({ template }) => template.print('medical-kg')).join('\n');
  const leaves = (value: unknown, path: string): string[] =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, below]) => leaves(below, `${path}.${key}`))
      : [path];
  expect(
    leaves(valuesOf(undefined)['config'], '.Values.config').filter(
      (path) => !templates.includes(`{{ ${path} `),
    ),
  ).toEqual([]);
});
