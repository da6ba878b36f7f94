import { IntOrString, KubeService, type KubeServiceProps } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import {
  DescribedConstruct,
  type Templated,
  type Value,
  and,
  differs,
  equals,
  greaterThan,
  spread,
  spreadMap,
  templated,
  when,
} from '../engine';
import { merged, selectorLabelsOf } from './helpers/labels';
import { serviceMetadata } from './metadata';
import { ipFamilies } from './network-of-all';
import { has, type ScopeWith, type ServiceScope } from './scope';
import { values as platform } from './values';

/** The stable address of a service inside of the cluster; the exposed one may be reached from outside too. */
export class ServiceAddress extends DescribedConstruct {
  constructor(scope: Construct, service: ServiceScope) {
    super(scope, 'address', { source: 'lib/charts/service.ts' });
    const { record, values } = service;
    new KubeService(
      this,
      'service',
      templated<KubeServiceProps>({
        metadata: {
          ...serviceMetadata(service),
          annotations: spreadMap(merged(platform.defaults.serviceAnnotations, values.serviceAnnotations)),
        },
        spec: has(service, 'exposure')
          ? exposedSpec(service)
          : {
              type: 'ClusterIP',
              ...ipFamilies(platform.global),
              selector: selectorLabelsOf(record.name),
              ports: [httpPort(service)],
            },
      }),
    );
  }
}

function httpPort({ values }: ServiceScope): {
  name: string;
  port: Value<number>;
  targetPort: IntOrString;
  protocol: string;
} {
  return {
    name: 'http',
    port: values.servicePort,
    targetPort: IntOrString.fromString('http'),
    protocol: 'TCP',
  };
}

function exposedSpec(service: ScopeWith<'exposure'>): Templated<NonNullable<KubeServiceProps['spec']>> {
  const { exposure } = service.values;
  return {
    type: exposure.type,
    ...ipFamilies(platform.global),
    selector: selectorLabelsOf(service.record.name),
    ports: [
      {
        ...httpPort(service),
        nodePort: when(
          and(differs(exposure.type, 'ClusterIP'), greaterThan(exposure.nodePort, 0)),
          exposure.nodePort,
        ),
      },
    ],
    loadBalancerSourceRanges: when(equals(exposure.type, 'LoadBalancer'), [
      spread(exposure.loadBalancerSourceRanges),
    ]),
  };
}
