import { Chart } from 'cdk8s';
import {
  KubeNetworkPolicy,
  KubePriorityClass,
  type KubeNetworkPolicyProps,
  type KubePriorityClassProps,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { templated } from '../template';
import { clusterNameOf } from './helpers/names';
import { platformMetadata } from './metadata';
import { CHECK_COMPONENT, ConfigurationCheck } from './hooks';
import { Part } from './part';
import { release } from './release';
import { ReleaseTest, TEST_COMPONENT } from './release-test';
import { values } from './values';

const COMPONENT = 'platform';
const SOURCE = 'lib/charts/platform-chart.ts';

/** What belongs to no service. */
export function platformCharts(scope: Construct): void {
  const chart = (id: string): Chart => new Chart(scope, id, { disableResourceNameHashes: true });
  const platform = chart(COMPONENT);
  new DefaultDeny(platform);
  new PriorityClasses(platform);
  new ConfigurationCheck(chart(CHECK_COMPONENT));
  new ReleaseTest(chart(TEST_COMPONENT));
}

/** Closes every pod of the release; the policies of the components open what the model says. */
class DefaultDeny extends Part {
  constructor(scope: Construct) {
    super(scope, 'default-deny', { source: SOURCE, when: values.network.policies });
    new KubeNetworkPolicy(
      this,
      'network-policy',
      templated<KubeNetworkPolicyProps>({
        metadata: platformMetadata(COMPONENT, 'default-deny'),
        spec: {
          podSelector: { matchLabels: { 'app.kubernetes.io/instance': release.name } },
          policyTypes: ['Ingress', 'Egress'],
        },
      }),
    );
  }
}

/** What answers users goes before what may wait. */
class PriorityClasses extends Part {
  constructor(scope: Construct) {
    super(scope, 'priorities', { source: SOURCE, when: values.priorityClasses.create });
    for (const [level, description] of [
      ['serving', 'Answers users: pre-empts work that may wait'],
      ['batch', 'May wait for a node'],
    ] as const) {
      const { labels } = platformMetadata(COMPONENT);
      new KubePriorityClass(
        this,
        `priority-class-${level}`,
        templated<KubePriorityClassProps>({
          metadata: { name: clusterNameOf(level), labels },
          value: values.priorityClasses[level],
          description,
        }),
      );
    }
  }
}
