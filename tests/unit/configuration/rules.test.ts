import { loaderProblemsOfText } from '../../../lib/config/loader';
import { configurationRules } from '../../../lib/charts/rules/configuration';
import { schemaProblems } from '../../../lib/engine/renderers';
import { ENVIRONMENTS } from '../../../lib/platform/environments';
import { brokenPaths, filesOf, valuesOf } from './release';
import { catalogue } from '../../../lib/umbrella';

const weights = (
  bm25: number,
  splade: number,
  dense: number,
): { retrieval: { fusion: { weights: Record<string, number> } } } => ({
  retrieval: { fusion: { weights: { bm25, splade, dense } } },
});

test.each(ENVIRONMENTS)('%s breaks none', (environment) => {
  const own = new Set(configurationRules.map(({ path }) => path));
  expect(brokenPaths(valuesOf(environment)).filter((path) => own.has(path))).toEqual([]);
});

test.each([
  ['config.chunking.spl.overlap', { chunking: { spl: { targetTokens: 32 } } }],
  ['config.chunking.imrad.overlap', { chunking: { imrad: { overlap: 512 } } }],
  ['config.retrieval.fusion.weights', weights(0.33, 0.33, 0.3309)],
  ['config.retrieval.fusion.weights', weights(0.7, 0.2, 0.1091)],
  ['config.retrieval.topK.default', { retrieval: { topK: { default: 201 } } }],
  ['config.vocabularies.snomed.enabled', { vocabularies: { snomed: { enabled: true } } }],
  ['config.vocabularies.loinc.enabled', { licences: { loinc: { licensed: false } } }],
])('%s is broken by %j', (path, config) => {
  const values = valuesOf(undefined, config);
  expect(schemaProblems(catalogue, values)).toEqual([]);
  expect(brokenPaths(values)).toEqual([path]);
});

test.each([
  weights(0.33, 0.33, 0.331),
  weights(0.7, 0.2, 0.109),
  weights(1, 0, 0),
  { chunking: { spl: { targetTokens: 33 } } },
  { retrieval: { topK: { default: 200 } } },
  { vocabularies: { loinc: { enabled: false } }, licences: { loinc: { licensed: false } } },
])('what breaks none, %j, the application loads', (config) => {
  const values = valuesOf(undefined, config);
  expect(brokenPaths(values)).toEqual([]);
  const files = filesOf(values);
  expect(loaderProblemsOfText(files.config, files.policy, {})).toEqual([]);
});

test.each([
  ['config.extraction.pico.prompt', { extraction: { pico: { prompt: 'a ${HOME}' } } }],
  ['config.extraction.pico.prompt', { extraction: { pico: { prompt: 'two\nlines' } } }],
  ['config.extraction.pico.prompt', { extraction: { pico: { prompt: '' } } }],
  ['config.apis.auth.issuer', { apis: { auth: { issuer: 'https://x/${Y}' } } }],
  ['config.observability.traceSampleRate', { observability: { traceSampleRate: 1e-7 } }],
  ['config.sources.pubmed.retry.backoffSeconds', { sources: { pubmed: { retry: { backoffSeconds: 0 } } } }],
  ['config.vocabularies.hpo.refreshCron', { vocabularies: { hpo: { refreshCron: '0 2 1 *' } } }],
])('the schema refuses %s of %j', (path, config) => {
  expect(schemaProblems(catalogue, valuesOf(undefined, config)).map((problem) => problem.path)).toEqual([
    path,
  ]);
});

test('prose of any script is fine', () => {
  const prompt = 'Größe <b>&amp;</b> {{ x }} 日本語 😀 "quoted"';
  const values = valuesOf(undefined, { extraction: { pico: { prompt } } });
  expect(schemaProblems(catalogue, values)).toEqual([]);
  expect(filesOf(values).config).toContain(`prompt: ${JSON.stringify(prompt)}\n`);
});
