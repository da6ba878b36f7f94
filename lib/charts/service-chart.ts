import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ServiceRecord } from '../platform/model';
import type { Condition } from '../template';
import { HorizontalAutoscaler, KedaScaler } from './autoscaling';
import { Deployment } from './deployment';
import { DisruptionBudget } from './disruption-budget';
import { scopeOf } from './part';
import { ServiceAddress } from './service';
import { KubernetesAccess, ServiceAccount } from './service-account';

/** Everything that a record turns into. The list is the table of contents of a service's folder. */
export class ServiceChart extends Chart {
  readonly when: Condition;
  /** The values that the templates of this chart call `$service`. */
  readonly alias: string;

  constructor(scope: Construct, record: ServiceRecord) {
    super(scope, record.name, { disableResourceNameHashes: true });
    const service = scopeOf(record);
    this.when = service.values.enabled;
    this.alias = `Values.services.${record.name}`;
    new Deployment(this, service);
    new ServiceAddress(this, service);
    new ServiceAccount(this, service);
    if (record.kubernetes !== undefined) new KubernetesAccess(this, service, record.kubernetes);
    new HorizontalAutoscaler(this, service);
    new KedaScaler(this, service);
    new DisruptionBudget(this, service);
  }
}
