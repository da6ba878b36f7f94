import type { ServiceRecord } from '../../../lib/platform/model';
import { services } from '../../../lib/platform/services';
import type { Values } from './helm';
import type { Difference } from './objects';

/** What a change may touch; objects by `Kind/name`, the name without the release. */
export interface Effect extends Difference {
  /** Services all of whose pods are replaced. */
  readonly rolled: readonly string[];
}

/** A real change of a running release of prod. */
export interface Change {
  readonly name: string;
  readonly values: Values;
  readonly effect: Partial<Effect>;
}

const records: readonly ServiceRecord[] = services;
const namesOf = (chosen: readonly ServiceRecord[]): string[] => chosen.map(({ name }) => name).sort();

const readers = namesOf(records.filter(({ configuration }) => configuration));
const withSecrets = namesOf(records.filter(({ secrets }) => secrets.length > 0));
/** The services that staging scales down to one pod, so that they have no budget there. */
const single = namesOf(records.filter(({ name, scaling }) => name !== 'api' && scaling.minReplicas > 1));

function all(kind: string, components: readonly string[], part = ''): string[] {
  return components.map((name) => `${kind}/${name}${part}`);
}

const prod = (overrides: object): Values => ({ environment: 'prod', overrides });
const service = (name: string, values: object): Values => prod({ services: { [name]: values } });

/** What operators change. Each is compared with prod as it is, so that it does not matter which one came before. */
export const changes: readonly Change[] = [
  {
    name: 'the tag of an image',
    values: service('parser', { image: { tag: '1.0.1' } }),
    effect: { changed: ['Deployment/parser'], rolled: ['parser'] },
  },
  {
    name: 'the number of pods',
    values: service('ingest', { scaling: { fixed: { replicas: 3 } } }),
    effect: { changed: ['Deployment/ingest'] },
  },
  {
    name: 'an autoscaler off',
    values: service('chunker', { scaling: { mode: 'fixed', fixed: { replicas: 3 } } }),
    effect: { removed: ['HorizontalPodAutoscaler/chunker'], changed: ['Deployment/chunker'] },
  },
  {
    name: 'an autoscaler on',
    values: service('ingest', { scaling: { mode: 'hpa' } }),
    effect: { added: ['HorizontalPodAutoscaler/ingest'] },
  },
  {
    name: 'a service disabled',
    values: service('eval', { enabled: false }),
    effect: {
      removed: [
        ...['Deployment', 'NetworkPolicy', 'Service', 'ServiceAccount', 'ServiceMonitor'].map(
          (kind) => `${kind}/eval`,
        ),
        'ExternalSecret/eval-secrets',
        'SecretStore/eval-secrets',
      ],
    },
  },
  {
    name: 'a value of the configuration',
    values: prod({ config: { observability: { logLevel: 'info' } } }),
    effect: {
      changed: ['ConfigMap/configuration', ...all('Deployment', readers)],
      rolled: readers,
    },
  },
  {
    name: 'the back end of the secrets',
    values: prod({ secrets: { backend: 'existingSecret', existingSecret: 'medkg-secrets' } }),
    effect: {
      removed: [
        ...all('ExternalSecret', withSecrets, '-secrets'),
        ...all('SecretStore', withSecrets, '-secrets'),
      ],
      changed: all('Deployment', withSecrets),
      rolled: withSecrets,
    },
  },
  {
    name: 'the pool of a GPU service, and so the type of its GPUs',
    values: service('qwenEmbedVllm', { gpu: { pool: 'splade-gpu' } }),
    effect: { changed: ['Deployment/qwen-embed-vllm'], rolled: ['qwen-embed-vllm'] },
  },
  {
    // On again: by the change that comes after.
    name: 'the way in off',
    values: prod({ ingress: { enabled: false } }),
    effect: { removed: ['Ingress/api'] },
  },
  {
    name: 'an environment variable',
    values: service('extract', { extraEnv: [{ name: 'TZ', value: 'UTC' }] }),
    effect: { changed: ['Deployment/extract'], rolled: ['extract'] },
  },
  {
    name: 'resources',
    values: service('indexer', { resources: { requests: { cpu: '750m' } } }),
    effect: { changed: ['Deployment/indexer'], rolled: ['indexer'] },
  },
  {
    name: 'the environment, from prod to staging',
    values: { environment: 'staging' },
    effect: {
      removed: all('PodDisruptionBudget', single),
      changed: [
        'ConfigMap/configuration',
        'Ingress/api',
        'PodDisruptionBudget/api',
        ...all('Deployment', readers),
        ...all('ExternalSecret', withSecrets, '-secrets'),
        ...all('SecretStore', withSecrets, '-secrets'),
        ...all('HorizontalPodAutoscaler', namesOf(records.filter(({ scaling }) => scaling.mode === 'hpa'))),
      ],
      rolled: readers,
    },
  },
];

/** The whole of an effect, in the order in which it is seen. */
export function whole({ added = [], removed = [], changed = [] }: Partial<Effect>): Difference {
  return { added: [...added].sort(), removed: [...removed].sort(), changed: [...changed].sort() };
}
