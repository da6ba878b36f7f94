import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

/** The chart under test; another one shows that a scenario can fail. */
const chart = process.env['CLUSTER_CHART'] ?? resolve(root, 'helm/medical-kg');

/** What `npm run test:cluster` tells: where the programs and the renderings are. */
export const paths = {
  chart,
  medkg: process.env['CLUSTER_MEDKG'] ?? resolve(root, 'build/medkg.js'),
  /** The chart brings the values of each environment. */
  values: (environment: Environment) => join(chart, `values-${environment}.yaml`),
  crds: process.env['CLUSTER_CRDS'] ?? resolve(root, '../shared/crds'),
  helm3: process.env['HELM3'] ?? resolve(root, '.tools/bin/helm3'),
  helm4: process.env['HELM4'] ?? resolve(root, '.tools/bin/helm4'),
  kubectl: process.env['KUBECTL'] ?? 'kubectl',
};

export const environments = ['dev', 'staging', 'prod'] as const;
export type Environment = (typeof environments)[number];
