import { services } from '../../../lib/platform/services';
import type { Environment } from './environment';

/** A real change of a running release, and what it may touch. */
export interface Change {
  readonly name: string;
  readonly environment?: Environment;
  readonly overrides: object;
  readonly expected: {
    readonly added?: readonly string[];
    readonly removed?: readonly string[];
    readonly changed?: readonly string[];
    readonly rolled?: readonly string[];
  };
}

const names = services.map(({ name }) => name);
const withSecrets = services.filter(({ secrets }) => secrets.length > 0).map(({ name }) => name);
const all = (kind: string, components: readonly string[], part = ''): string[] =>
  components.map((name) => `${kind}/${name}${part}`);
const sorted = (...lists: readonly (readonly string[])[]): string[] => lists.flat().sort();

const ofEval = ['Deployment', 'NetworkPolicy', 'Service', 'ServiceAccount', 'ServiceMonitor'].map(
  (kind) => `${kind}/eval`,
);

/** The changes that operators make, on the installation of prod. */
export const changes: readonly Change[] = [
  {
    name: 'the tag of an image',
    overrides: { services: { parser: { image: { tag: '1.0.1' } } } },
    expected: { changed: ['Deployment/parser'], rolled: ['parser'] },
  },
  {
    name: 'the number of pods',
    overrides: { services: { ingest: { scaling: { fixed: { replicas: 3 } } } } },
    expected: { changed: ['Deployment/ingest'] },
  },
  {
    name: 'an autoscaler off',
    overrides: { services: { chunker: { scaling: { mode: 'fixed', fixed: { replicas: 3 } } } } },
    expected: { removed: ['HorizontalPodAutoscaler/chunker'], changed: ['Deployment/chunker'] },
  },
  {
    name: 'an autoscaler on',
    overrides: { services: { ingest: { scaling: { mode: 'hpa' } } } },
    expected: { added: ['HorizontalPodAutoscaler/ingest'] },
  },
  {
    name: 'a service disabled',
    overrides: { services: { eval: { enabled: false } } },
    expected: { removed: sorted(ofEval, ['ExternalSecret/eval-secrets', 'SecretStore/eval-secrets']) },
  },
  {
    name: 'the back end of the secrets',
    overrides: { secrets: { backend: 'existingSecret', existingSecret: 'medkg-secrets' } },
    expected: {
      removed: sorted(
        all('ExternalSecret', withSecrets, '-secrets'),
        all('SecretStore', withSecrets, '-secrets'),
      ),
      changed: sorted(all('Deployment', withSecrets)),
      rolled: sorted(withSecrets),
    },
  },
  {
    name: 'the pool of a GPU service',
    overrides: { services: { qwenEmbedVllm: { gpu: { pool: 'splade-gpu' } } } },
    expected: { changed: ['Deployment/qwen-embed-vllm'], rolled: ['qwen-embed-vllm'] },
  },
  {
    name: 'the way in off',
    overrides: { ingress: { enabled: false } },
    expected: { removed: ['Ingress/api'] },
  },
  {
    name: 'an environment variable',
    overrides: { services: { extract: { extraEnv: [{ name: 'TZ', value: 'UTC' }] } } },
    expected: { changed: ['Deployment/extract'], rolled: ['extract'] },
  },
  {
    name: 'resources',
    overrides: { services: { indexer: { resources: { requests: { cpu: '750m' } } } } },
    expected: { changed: ['Deployment/indexer'], rolled: ['indexer'] },
  },
  {
    name: 'network policies off',
    overrides: { network: { policies: false } },
    expected: {
      removed: sorted(
        all('NetworkPolicy', [
          ...names,
          'platform-default-deny',
          'configuration-check',
          'release-test',
          'qwen-embed-vllm-prefetch',
        ]),
      ),
    },
  },
];
