import { texts, type Resource } from '../support/plan';
import { PROD_CLUSTER, type Rule } from './rule';

/** A chart of ours lies beside the module that installs it. */
function isOurs({ values }: Resource): boolean {
  return values.repository === null && texts(values.chart).some((chart) => chart.startsWith('../'));
}

export const pinnedCharts: Rule = {
  name: 'charts of others are at one version',
  judges: (plan) => plan.of('helm_release').filter((release) => !isOurs(release)),
  problem: ({ values }) =>
    texts(values.version).some((version) => /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version))
      ? undefined
      : 'another version may be installed tomorrow',
  mutation: {
    root: PROD_CLUSTER,
    file: 'modules/cluster-addons/main.tf',
    from: 'version          = var.versions[each.key]',
    to: 'version          = "~> ${var.versions[each.key]}"',
    finds: 'module.addons.helm_release.this["external-secrets"]',
  },
};

export const chartsByTls: Rule = {
  name: 'charts come by TLS, from an address that says no login',
  judges: (plan) => plan.of('helm_release').filter((release) => !isOurs(release)),
  problem: ({ values }) => {
    const [repository = ''] = texts(values.repository);
    return /^(https|oci):\/\/[^@/]+(\/|$)/.test(repository) ? undefined : `it comes from ${repository}`;
  },
  mutation: {
    root: PROD_CLUSTER,
    file: 'modules/cluster-addons/releases.tf',
    from: 'https://kubernetes-sigs.github.io/metrics-server',
    to: 'http://kubernetes-sigs.github.io/metrics-server',
    finds: 'module.addons.helm_release.this["metrics-server"]',
  },
};
