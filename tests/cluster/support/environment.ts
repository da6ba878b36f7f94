import { delimiter, dirname, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

/** The chart under test; another one shows that a scenario can fail. */
const chart = process.env['CLUSTER_CHART'] ?? resolve(root, 'helm/medical-kg');

/** What `npm run test:cluster` tells: where the programs and the renderings are. */
export const paths = {
  chart,
  medkg: process.env['CLUSTER_MEDKG'] ?? resolve(root, 'build/medkg.js'),
  /** What this suite installs as an environment: the core, with every part off. */
  values: (environment: Environment) => resolve(root, `tests/values/base-${environment}.yaml`),
  crds: process.env['CLUSTER_CRDS'] ?? resolve(root, '../shared/crds'),
  helm3: process.env['HELM3'] ?? resolve(root, '.tools/bin/helm3'),
  helm4: process.env['HELM4'] ?? resolve(root, '.tools/bin/helm4'),
  kubectl: process.env['KUBECTL'] ?? 'kubectl',
};

export const environments = ['dev', 'staging', 'prod'] as const;
export type Environment = (typeof environments)[number];

/**
 * The clusters that were started for this run, one a worker of jest: so one file may take nodes away, or kill the API
 * server, while another one counts pods. Undefined where KUBECONFIG names a cluster of the user's.
 */
const started = process.env['CLUSTER_KUBECONFIGS']?.split(delimiter);

/** The configuration of every cluster of this run. */
export const kubeconfigs: readonly (string | undefined)[] = started ?? [process.env['KUBECONFIG']];

/** The configuration of this worker's cluster. */
export const kubeconfig = kubeconfigs[Number(process.env['JEST_WORKER_ID'] ?? 1) - 1];

/** Where this worker's control plane keeps its process ids and certificates; undefined when we did not start it. */
export const controlPlane =
  started === undefined || kubeconfig === undefined ? undefined : dirname(kubeconfig);
