import { loaderProblems, loaderProblemsOfText } from '../../../lib/config/loader';
import type { LoaderProblem } from '../../../lib/config/loader';
import { changed, minimalConfig, minimalPolicy } from './documents';

const rules = (problems: readonly LoaderProblem[]) => problems.map(({ rule, path }) => `${rule} ${path}`);

const check = (path: string, value: unknown, environment: Record<string, string> = {}) =>
  rules(loaderProblems(changed(minimalConfig, path, value), minimalPolicy, environment));

describe('loaderProblems', () => {
  it('finds nothing in the minimal documents', () => {
    expect(loaderProblems(minimalConfig, minimalPolicy, {})).toEqual([]);
  });

  it.each([null, undefined, 'text', 3, []])('finds that %p is no configuration', (config) => {
    expect(rules(loaderProblems(config, minimalPolicy, {}))).toEqual(['schema ']);
  });

  it('names the key that is too many and the words that are allowed', () => {
    const messages = [
      ...loaderProblems(changed(minimalConfig, 'kg.database', 'x'), minimalPolicy, {}),
      ...loaderProblems(changed(minimalConfig, 'observability.logging.level', 'INFO'), minimalPolicy, {}),
    ].map(({ message }) => message);
    expect(messages).toEqual([
      expect.stringContaining('database'),
      expect.stringContaining('debug, info, warn, error'),
    ]);
  });

  it.each([
    [[0.25, 0.25, 0.509], 0],
    [[0.25, 0.25, 0.491], 0],
    [[0.25, 0.25, 0.511], 1],
    [[0.25, 0.25, 0.489], 1],
    [[0, 0, 1], 0],
    [[0, 0, 0], 1],
  ])('weights %j give %d problems', ([bm25, splade, dense], problems) => {
    expect(check('retrieval.fusion.weights', { bm25, splade, dense })).toHaveLength(problems);
  });

  it.each([
    [511, []],
    [512, ['chunk-overlap /chunking/profiles/imrad/overlap']],
    [513, ['chunk-overlap /chunking/profiles/imrad/overlap']],
  ])('overlap %d of 512 tokens gives %j', (overlap, problems) => {
    expect(check('chunking.profiles.imrad.overlap', overlap)).toEqual(problems);
  });

  it('checks the overlap of every profile', () => {
    const profile = { target_tokens: 10, overlap: 10, tau_coh: 0 };
    expect(check('chunking.profiles.a/b~c', profile)).toEqual([
      'chunk-overlap /chunking/profiles/a~1b~0c/overlap',
    ]);
  });
});

describe('licences', () => {
  const licence = 'licence /catalog/vocabs/meddra';
  const withPolicy = (policy: unknown) => rules(loaderProblems(minimalConfig, policy, {}));

  it('are looked up by the upper-case name', () => {
    expect(withPolicy(changed(minimalPolicy, 'vocabs', { SNOMED: { licensed: true } }))).toEqual([licence]);
  });

  it('must be held', () => {
    expect(withPolicy(changed(minimalPolicy, 'vocabs.MEDDRA.licensed', false))).toEqual([licence]);
  });

  it('are not asked for where the vocabulary is off or free', () => {
    const unlicensed = changed(minimalPolicy, 'vocabs', {});
    const off = changed(minimalConfig, 'catalog.vocabs.meddra.enabled', false);
    const free = changed(minimalConfig, 'catalog.vocabs.meddra.requires_license', false);
    expect(loaderProblems(off, unlicensed, {})).toEqual([]);
    expect(loaderProblems(free, unlicensed, {})).toEqual([]);
  });

  it('are not judged by a policy of the wrong shape, which is a problem itself', () => {
    expect(withPolicy({})).toEqual(['policy ', 'policy ']);
    expect(withPolicy(changed(minimalPolicy, 'vocabs', { MedDRA: { licensed: true } }))).toContain(
      'policy /vocabs',
    );
  });

  it('do not take a member of Object for a vocabulary', () => {
    const vocabulary = { enabled: true, requires_license: true, refresh_cron: '' };
    expect(check('catalog.vocabs.__PROTO__', vocabulary)).toEqual(['licence /catalog/vocabs/__PROTO__']);
  });
});

describe('placeholders', () => {
  const missing = ['placeholder /kg/password'];

  it.each<[string, Record<string, string>, string[]]>([
    ['${NEO4J_PASSWORD}', { NEO4J_PASSWORD: 'x' }, []],
    ['${NEO4J_PASSWORD}', { NEO4J_PASSWORD: '' }, []],
    ['${NEO4J_PASSWORD}', {}, missing],
    ['${NEO4J_PASSWORD:default}', {}, []],
    ['${NEO4J_PASSWORD:}', {}, missing],
    ['${NEO4J_PASSWORD:}', { NEO4J_PASSWORD: 'x' }, missing],
    ['a ${A:1} b ${B} c ${C}', { B: 'x' }, missing],
    ['${lower} $NAME ${} ${A-B} $${', {}, []],
    ['${toString} ${CONSTRUCTOR:x}', {}, []],
  ])('%j with %j gives %j', (text, environment, problems) => {
    expect(check('kg.password', text, environment)).toEqual(problems);
  });

  it('are found in lists, one problem each', () => {
    expect(check('apis.cors.allowed_origins', ['${A:x}', '${B} ${C}'])).toEqual([
      'placeholder /apis/cors/allowed_origins/1',
      'placeholder /apis/cors/allowed_origins/1',
    ]);
  });

  it('are filled in before the shape is checked', () => {
    expect(check('observability.logging.level', '${LEVEL:warn}')).toEqual([]);
    expect(check('observability.logging.level', '${LEVEL:warn}', { LEVEL: 'loud' })).toEqual([
      'schema /observability/logging/level',
    ]);
    expect(check('embeddings.batch_size', '${SIZE:16}')).toEqual(['schema /embeddings/batch_size']);
  });

  it('that are not filled in are not blamed twice', () => {
    expect(check('observability.logging.level', '${LEVEL}')).toEqual([
      'placeholder /observability/logging/level',
    ]);
  });
});

describe('variables laid over the document', () => {
  const over = (environment: Record<string, string>) =>
    rules(loaderProblems(minimalConfig, minimalPolicy, environment));

  it.each<[string, string, string[]]>([
    ['LOG_LEVEL', 'debug', []],
    ['LOG_LEVEL', 'DEBUG', ['schema /observability/logging/level']],
    ['VLLM_API_BASE', 'http://other:8000', []],
    ['VLLM_API_BASE', '8000', ['schema /embeddings/vllm_api_base']],
    ['RETRIEVAL_FUSION_WEIGHTS', '{"bm25": 0, "splade": 0, "dense": 1}', []],
    [
      'RETRIEVAL_FUSION_WEIGHTS',
      '{"bm25": 0, "splade": 0, "dense": 0.5}',
      ['fusion-weights /retrieval/fusion/weights'],
    ],
    ['MEDCFG__KG__BATCH_SIZE', ' 1_000 ', []],
    ['MEDCFG__KG__BATCH_SIZE', '007', []],
    ['MEDCFG__KG__BATCH_SIZE', '1_0.5', ['schema /kg/batch_size']],
    ['MEDCFG__KG__BATCH_SIZE', 'many', ['schema /kg/batch_size']],
    ['MEDCFG__KG__SHACL_ENABLED', 'TRUE', []],
    ['MEDCFG__KG__SHACL_ENABLED', '1', ['schema /kg/shacl_enabled']],
    ['MEDCFG__CATALOG__VOCABS__HPO__TERRITORY', 'null', []],
    ['MEDCFG__KG__URI', 'x', ['schema /kg']],
    ['MEDCFG__KG__USERNAME__FIRST', 'x', ['schema /kg/username']],
    ['MEDKG__KG__URI', 'x', []],
  ])('%s=%s gives %j', (name, value, problems) => {
    expect(over({ [name]: value })).toEqual(problems);
  });

  it('may hold placeholders', () => {
    expect(over({ MEDCFG__KG__PASSWORD: '${SECRET}' })).toEqual(['placeholder /kg/password']);
  });

  it('do not change the document that was given', () => {
    const before = JSON.stringify(minimalConfig);
    over({ MEDCFG__KG__PASSWORD: 'x' });
    expect(JSON.stringify(minimalConfig)).toBe(before);
  });
});

describe('the declared version of the schema', () => {
  it.each<[string, Record<string, string>, number]>([
    ['./config.schema.json#v1.0.0', {}, 0],
    ['./config.schema.json', {}, 0],
    ['./config.schema.json#v1.0.1', {}, 1],
    ['./config.schema.json#v2.0.0', {}, 1],
    ['./config.schema.json#v0.9.9', {}, 0],
    ['./config.schema.json#v0.9.9', { MEDCFG_ALLOW_OLD_SCHEMA: 'Yes' }, 0],
    ['./config.schema.json#v0.9.9', { MEDCFG_ALLOW_OLD_SCHEMA: '0' }, 1],
  ])('%s with %j gives %d problems', (reference, environment, problems) => {
    const expected = Array.from({ length: problems }, () => 'schema-version /$schema');
    expect(check('$schema', reference, environment)).toEqual(expected);
  });
});

describe('loaderProblemsOfText', () => {
  const policyYaml = JSON.stringify(minimalPolicy);
  const textOf = (path: string, written: string) =>
    JSON.stringify(changed(minimalConfig, path, '@@')).replace('"@@"', () => written);
  const problemsOf = (path: string, written: string) =>
    rules(loaderProblemsOfText(textOf(path, written), policyYaml, {}));

  it('reads the minimal documents without a problem', () => {
    expect(loaderProblemsOfText(JSON.stringify(minimalConfig), policyYaml, {})).toEqual([]);
  });

  const backoff = 'sources.pubmed.retry.backoff_seconds';

  it.each(['1.0e-7', '1.e-7', '.5', '0x10', '1:30', '1_000', '1.5E+3', '010'])(
    'reads %s as a number',
    (written) => {
      expect(problemsOf(backoff, written)).toEqual([]);
    },
  );

  it.each(['1e-7', '1E5', '1.0e7', '+.5', '08', '0o17'])('reads %s as text, and says so', (written) => {
    expect(problemsOf(backoff, written)).toEqual(['number-as-string /sources/pubmed/retry/backoff_seconds']);
  });

  it('does not mind such text where text is wanted', () => {
    expect(problemsOf('embeddings.model', '1e-7')).toEqual([]);
  });

  it.each([
    ['"1.0"', 'embeddings.batch_size'],
    ['.nan', 'retrieval.reranker.slo_ms'],
    ['y', 'kg.shacl_enabled'],
    ['1', 'embeddings.model'],
    ['2024-01-01', 'config_version'],
    ['1.0', 'config_version'],
    ['~', 'config_version'],
  ])('refuses %s for %s', (written, path) => {
    expect(problemsOf(path, written)).toEqual([`schema /${path.replaceAll('.', '/')}`]);
  });

  it.each(['on', 'OFF', 'Yes', 'no', 'True', 'FALSE'])('reads %s as a boolean', (written) => {
    expect(problemsOf('kg.shacl_enabled', written)).toEqual([]);
  });

  it('reports a key that stands twice, in either file', () => {
    const twice = '{"licensed": true, "licensed": true}';
    const policy = policyYaml.replace('{"licensed":true}', twice);
    const config = JSON.stringify(minimalConfig).replace(
      '"config_version":"1"',
      'config_version: a, config_version: b',
    );
    expect(loaderProblemsOfText(config, policy, {})).toMatchObject([
      { rule: 'duplicate-key', file: 'config.yaml', path: '/config_version' },
      { rule: 'duplicate-key', file: 'policy.yaml', path: '/vocabs/MEDDRA/licensed' },
    ]);
  });

  it.each([
    'a: [',
    'a: 1\n---\nb: 2',
    '- a',
    'text',
    'a: !custom 1',
    'a: =',
    'a: 2024-13-01',
    'a: &x [*x]',
    'a: 0x_',
  ])('reports what PyYAML cannot load: %j', (text) => {
    expect(loaderProblemsOfText(text, policyYaml, {})[0]).toMatchObject({
      rule: 'yaml',
      file: 'config.yaml',
    });
    expect(loaderProblemsOfText(JSON.stringify(minimalConfig), text, {})[0]).toMatchObject({
      file: 'policy.yaml',
    });
  });

  it.each(['', '# nothing', '~'])('takes %j for an empty mapping', (text) => {
    expect(new Set(rules(loaderProblemsOfText(text, policyYaml, {})))).toEqual(new Set(['schema ']));
  });
});
