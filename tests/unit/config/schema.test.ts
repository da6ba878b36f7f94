import { Ajv } from 'ajv';
import { configJsonSchema } from '../../../lib/config/schema';
import { isApplicationConfig, isApplicationPolicy } from '../../../lib/config/validation';
import { changed, minimalConfig, minimalPolicy } from './documents';

const accepted = (path: string, value: unknown) => isApplicationConfig(changed(minimalConfig, path, value));

describe('the schema of config.yaml', () => {
  it('accepts the minimal document', () => {
    expect(isApplicationConfig(minimalConfig)).toBe(true);
  });

  it.each([
    ['sources.pubmed.rate_limit.burst', 1, 0],
    ['chunking.profiles.imrad.overlap', 0, -1],
    ['chunking.profiles.imrad.tau_coh', 1, 1.000001],
    ['retrieval.reranker.slo_ms', 0, -0.001],
    ['sources.pubmed.retry.backoff_seconds', 1e-9, 0],
    ['extraction.pico.temperature', 2, 2.01],
    ['apis.auth.token_ttl_seconds', 60, 59],
    ['embeddings.batch_size', 16, 16.5],
    ['embeddings.batch_size', 16.0, '16'],
    ['observability.logging.level', 'warn', 'warning'],
    ['catalog.vocabs.hpo.territory', null, 1],
    ['pipelines.scheduled', [{ adapter: 'pmc', interval: '15m' }], [{ adapter: 'none', interval: '15m' }]],
    ['pipelines.scheduled', [{ adapter: 'pmc', interval: '1h' }], [{ adapter: 'pmc', interval: 'PT1H' }]],
    ['sources', { any: minimalConfig.sources.pubmed }, {}],
    ['apis.rate_limits', {}, { public: {} }],
    ['$schema', './config.schema.json#v1.0.0', 1],
  ])('accepts %s as %j and refuses it as %j', (path, inside, outside) => {
    expect([accepted(path, inside), accepted(path, outside)]).toEqual([true, false]);
  });

  it('refuses a key that it does not know, in a section and at the top', () => {
    expect([accepted('kg.database', 'neo4j'), accepted('mineru', {})]).toEqual([false, false]);
  });

  it.each(Object.keys(minimalConfig))('wants the section %s', (section) => {
    expect(accepted(section, undefined)).toBe(false);
  });

  it('does not check addresses, as the application does not', () => {
    expect(accepted('sources.pubmed.base_url', 'not an address')).toBe(true);
  });
});

describe('config.schema.json', () => {
  it('is draft-07 with a title, the version of the application and no dangling reference', () => {
    expect(configJsonSchema()).toMatchObject({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: expect.any(String) as unknown,
      version: '1.0.0',
      type: 'object',
      additionalProperties: false,
    });
    const text = JSON.stringify(configJsonSchema());
    const referred = [...text.matchAll(/#\/definitions\/(\w+)/g)].map(([, name]) => name);
    expect([...new Set(referred)].sort()).toEqual(
      Object.keys(configJsonSchema().definitions as object).sort(),
    );
  });

  it('is valid against the metaschema of draft-07', () => {
    expect(new Ajv({ strict: false }).validateSchema(configJsonSchema())).toBe(true);
  });

  it('is the same text every time, and plain data', () => {
    expect(JSON.stringify(configJsonSchema())).toBe(JSON.stringify(configJsonSchema()));
    expect(JSON.parse(JSON.stringify(configJsonSchema()))).toStrictEqual(configJsonSchema());
  });

  it('describes every value that is not a reference, a map or a fixed shape', () => {
    expect(undescribed(configJsonSchema(), '')).toEqual([]);
  });
});

describe('the schema of policy.yaml', () => {
  const policy = (path: string, value: unknown) => isApplicationPolicy(changed(minimalPolicy, path, value));

  it.each([
    ['vocabs.SNOMED', { licensed: false, territory: 'US' }, { licensed: 'no' }],
    ['vocabs.SNOMED', { licensed: true }, { territory: 'US' }],
    ['vocabs', {}, []],
    ['actions.fail_on_unlicensed_usage', false, 'false'],
    ['actions.redact_unlicensed_codes', true, undefined],
  ])('accepts %s as %j and refuses it as %j', (path, inside, outside) => {
    expect([policy(path, inside), policy(path, outside)]).toEqual([true, false]);
  });

  it('refuses names that the application would never find, and keys that it does not know', () => {
    expect(policy('vocabs.MedDRA', { licensed: true })).toBe(false);
    expect(policy('actions.redact', true)).toBe(false);
  });
});

/** Places of strings, numbers and booleans without a description (items of lists have that of the list). */
function undescribed(node: unknown, path: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const type: unknown = Reflect.get(node, 'type');
  const scalar = typeof type === 'string' && !['object', 'array'].includes(type);
  const own = scalar && !('description' in node) && !path.endsWith('/items') ? [path] : [];
  return [...own, ...Object.entries(node).flatMap(([key, inner]) => undescribed(inner, `${path}/${key}`))];
}
