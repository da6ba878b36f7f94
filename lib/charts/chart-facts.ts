import { version } from '../../package.json';
import type { ChartFacts, JsonObject } from '../engine';

/** Three joined circles: Helm wants an address, and this one needs no host. */
const ICON =
  'data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAzMiAzMiI+PGcgc3Ryb2tlPSIjMGI2ZThmIiBzdHJva2Utd2lkdGg9IjIiPjxwYXRoIGQ9Ik04IDkgMjQgN004IDlsOCAxNU0yNCA3bC04IDE3Ii8+PC9nPjxnIGZpbGw9IiMxM2EzYzkiPjxjaXJjbGUgY3g9IjgiIGN5PSI5IiByPSI0Ii8+PGNpcmNsZSBjeD0iMjQiIGN5PSI3IiByPSI0Ii8+PGNpcmNsZSBjeD0iMTYiIGN5PSIyNCIgcj0iNCIvPjwvZz48L3N2Zz4=';

/** What templates look at. The chart has the version of this project. */
export const chartFacts: ChartFacts = { name: 'medical-kg', version, appVersion: '1.0.0' };

/** What `Chart.yaml` says besides. */
export const chartMetadata: JsonObject & { readonly description: string; readonly kubeVersion: string } = {
  description:
    'Biomedical knowledge graph and retrieval platform with its ingestion, embeddings and extraction',
  kubeVersion: '>=1.31.0-0',
  keywords: ['biomedical', 'knowledge-graph', 'retrieval', 'embeddings', 'vllm', 'gpu'],
  sources: ['https://github.com/paul-heyse/Medical_KG'],
  maintainers: [{ name: 'The medical-kg-deploy maintainers' }],
  icon: ICON,
  annotations: {
    'artifacthub.io/category': 'ai-machine-learning',
    'artifacthub.io/prerelease': 'true',
  },
};
