/** A valid config.yaml in which every key of the schema occurs, the optional ones too. */
import { changed, minimalConfig } from '../unit/config/documents';

const OPTIONAL: Readonly<Record<string, unknown>> = {
  $schema: './config.schema.json#v1.0.0',
  'sources.pubmed.api_key': '${NCBI_API_KEY:none}',
  'retrieval.indices.paragraph': 'paragraphs_v1',
  'retrieval.indices.section': 'sections_v1',
  'retrieval.multi_granularity.indexes.paragraph': 'paragraphs_v1',
  'retrieval.multi_granularity.indexes.section': 'sections_v1',
  'catalog.vocabs.meddra.territory': 'US',
  'catalog.vocabs.hpo.territory': null,
  'pipelines.scheduled': [
    { adapter: 'pubmed', interval: '15m', enabled: true },
    { adapter: 'pmc', interval: '1h' },
  ],
  'apis.cors.allowed_origins': ['https://app.example'],
};

/** The document. */
export const fullDocument: unknown = Object.entries(OPTIONAL).reduce<unknown>(
  (document, [path, value]) => changed(document, path, value),
  minimalConfig,
);
