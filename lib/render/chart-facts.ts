import type { ChartFacts, JsonObject } from '../template';

/** What `Chart.yaml` says. */
export const CHART: JsonObject = {
  apiVersion: 'v2',
  name: 'medical-kg',
  description: 'Biomedical knowledge graph and retrieval platform: API, ingestion, GPU embeddings, extraction',
  type: 'application',
  version: '0.1.0',
  appVersion: '1.0.0',
  kubeVersion: '>=1.31.0-0',
};

/** The part of it that templates look at. */
export const chartFacts: ChartFacts = { name: 'medical-kg', version: '0.1.0', appVersion: '1.0.0' };
