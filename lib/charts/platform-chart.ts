import { KubeNetworkPolicy, type KubeNetworkPolicyProps } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { DescribedConstruct, TemplateFolder, templated } from '../engine';
import { instanceName } from './helpers/names';
import { PriorityClasses } from './priority-classes';
import { platformMetadata } from './metadata';
import { CHECK_COMPONENT, ConfigurationCheck } from './hooks';
import { ReleaseTest, TEST_COMPONENT } from './release-test';
import { policiesOn } from './network-of-all';

const COMPONENT = 'platform';
const SOURCE = 'lib/charts/platform-chart.ts';

/** What belongs to no service. */
export function platformCharts(scope: Construct): void {
  const chart = (id: string): TemplateFolder => new TemplateFolder(scope, id);
  const platform = chart(COMPONENT);
  new DefaultDeny(platform);
  new PriorityClasses(platform, COMPONENT);
  new ConfigurationCheck(chart(CHECK_COMPONENT));
  new ReleaseTest(chart(TEST_COMPONENT));
}

/** Closes every pod of the release; the policies of the components open what the model says. */
class DefaultDeny extends DescribedConstruct {
  constructor(scope: Construct) {
    super(scope, 'default-deny', { source: SOURCE, when: policiesOn });
    new KubeNetworkPolicy(
      this,
      'network-policy',
      templated<KubeNetworkPolicyProps>({
        metadata: platformMetadata(COMPONENT, 'default-deny'),
        spec: {
          podSelector: { matchLabels: { 'app.kubernetes.io/instance': instanceName() } },
          policyTypes: ['Ingress', 'Egress'],
        },
      }),
    );
  }
}
