import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Service } from '../platform/services';
import { equals, when, type Condition } from '../template';
import { HorizontalAutoscaler, KedaScaler } from './autoscaling';
import { Deployment } from './deployment';
import { DisruptionBudget } from './disruption-budget';
import { AlbIngress, PublicRoute } from './exposure';
import { FetchedSecrets } from './external-secrets';
import { ModelCache } from './model-cache';
import { serviceOpenings } from './network';
import { NetworkPolicy, toDns, toPeer, type IngressRule } from './network-policy';
import { scopeOf, type ServiceScope } from './part';
import type { VllmScope } from './pod/vllm';
import { TEST_COMPONENT } from './release-test';
import { ServiceAddress } from './service';
import { KubernetesAccess, ServiceAccount } from './service-account';
import { Scraping } from './service-monitor';

/** Everything that a record turns into. The list is the table of contents of a service's folder. */
export class ServiceChart extends Chart {
  readonly when: Condition;

  /** `others` are let in besides those whom the records name. */
  constructor(
    scope: Construct,
    record: Service,
    private readonly others: (record: Service) => IngressRule[],
  ) {
    super(scope, record.name, { disableResourceNameHashes: true });
    const service = scopeOf(record);
    this.when = service.values.enabled;
    new Deployment(this, service);
    new ServiceAddress(this, service);
    new ServiceAccount(this, service);
    if (record.kubernetes !== undefined) new KubernetesAccess(this, service, record.kubernetes);
    new HorizontalAutoscaler(this, service);
    new KedaScaler(this, service);
    new DisruptionBudget(this, service);
    if (record.secrets.length > 0) new FetchedSecrets(this, service);
    if (record.exposed) this.expose(service);
    else if (record.vllm) this.serveModel(service as VllmScope);
    else new NetworkPolicy(this, record.name, serviceOpenings(service, { ingress: others(record) }));
    new Scraping(this, service);
  }

  private expose(service: ServiceScope): void {
    new AlbIngress(this, service);
    new PublicRoute(this, service);
    new NetworkPolicy(
      this,
      service.record.name,
      serviceOpenings(service, { components: [TEST_COMPONENT], ingress: this.others(service.record) }),
    );
  }

  private serveModel(service: VllmScope): void {
    new ModelCache(this, service);
    // A pod that fetches its own model has to get out for it; the server itself calls nobody.
    const perPod = equals(service.values.modelCache.mode, 'perPod');
    const egress = [when(perPod, toDns()), when(perPod, toPeer('internet'))];
    new NetworkPolicy(
      this,
      service.record.name,
      serviceOpenings(service, { ingress: this.others(service.record), egress }),
    );
  }
}
