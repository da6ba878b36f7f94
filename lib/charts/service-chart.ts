import type { Construct } from 'constructs';
import type { Service } from '../platform/services';
import { TemplateFolder, equals, when } from '../engine';
import { HorizontalAutoscaler, KedaScaler } from './autoscaling';
import { Deployment } from './deployment';
import { DisruptionBudget } from './disruption-budget';
import type { End } from './ends';
import { AlbIngress, PublicRoute } from './exposure';
import { FetchedSecrets } from './external-secrets';
import { ModelCache } from './model-cache';
import { serviceOpenings } from './network';
import { NetworkPolicy, toDns, toPeer, type IngressRule } from './network-policy';
import { has, scopeOf, type ServiceScope, serviceAlias } from './scope';
import { TEST_COMPONENT } from './release-test';
import { ServiceAddress } from './service';
import { KubernetesAccess, ServiceAccount } from './service-account';
import { Scraping } from './service-monitor';

/** Everything that a record turns into. The list is the table of contents of a service's folder. */
export class ServiceChart extends TemplateFolder {
  /** `others` are let in besides those whom the records name. */
  constructor(
    scope: Construct,
    record: Service,
    ends: readonly End[],
    others: (record: Service) => IngressRule[],
  ) {
    const service = { ...scopeOf(record), ends };
    super(scope, record.name, { when: service.values.enabled, alias: serviceAlias(record.name) });
    new Deployment(this, service);
    new ServiceAddress(this, service);
    new ServiceAccount(this, service);
    if (record.kubernetes !== undefined) new KubernetesAccess(this, service, record.kubernetes);
    new HorizontalAutoscaler(this, service);
    new KedaScaler(this, service);
    new DisruptionBudget(this, service);
    if (record.secrets.length > 0) new FetchedSecrets(this, service);
    if (has(service, 'exposure')) {
      new AlbIngress(this, service);
      new PublicRoute(this, service);
    }
    if (has(service, 'vllm')) new ModelCache(this, service);
    new NetworkPolicy(this, record.name, serviceOpenings(service, openingsOf(service, others(record))));
    new Scraping(this, service);
  }
}

/** Ways in and out that are no call of a record. */
function openingsOf(service: ServiceScope, ingress: IngressRule[]): Parameters<typeof serviceOpenings>[1] {
  const components = has(service, 'exposure') ? [TEST_COMPONENT] : [];
  if (!has(service, 'vllm')) return { components, ingress };
  // A pod that fetches its own model has to get out for it; the server itself calls nobody.
  const perPod = equals(service.values.modelCache.mode, 'perPod');
  return { components, ingress, egress: [when(perPod, toDns()), when(perPod, toPeer('internet'))] };
}
