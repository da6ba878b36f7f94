import { KubePodDisruptionBudget, type KubePodDisruptionBudgetProps } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { and, atMost, greaterThan, templated, when, type References } from '../template';
import type { ExposedServiceValues } from '../values';
import { selectorLabelsOf } from './helpers/labels';
import { minReplicasOf } from './helpers/scaling';
import { serviceMetadata } from './metadata';
import { Part, type ServiceScope } from './part';

/**
 * Limits how many pods a drain takes at once. A single pod gets no budget, which would block every drain, and
 * an unhealthy pod never blocks one.
 */
export class DisruptionBudget extends Part {
  constructor(scope: Construct, service: ServiceScope) {
    const { record, values } = service;
    super(scope, 'budget', {
      source: 'lib/charts/disruption-budget.ts',
      when: and(values.disruptionBudget.enabled, greaterThan(minReplicasOf(values.scaling), 1)),
    });
    new KubePodDisruptionBudget(
      this,
      'pod-disruption-budget',
      templated<KubePodDisruptionBudgetProps>({
        metadata: serviceMetadata(service),
        spec: {
          ...(record.minAvailable === undefined
            ? { maxUnavailable: values.disruptionBudget.maxUnavailable }
            : guaranteed(service)),
          unhealthyPodEvictionPolicy: 'AlwaysAllow',
          selector: { matchLabels: selectorLabelsOf(record.name) },
        },
      }),
    );
  }
}

/** A number of pods that must stay, as long as there are more of them: otherwise it would block every drain. */
function guaranteed(service: ServiceScope): object {
  // A record with `minAvailable` has the values of an exposed service.
  const budget = (service.values as References<ExposedServiceValues>).disruptionBudget;
  const least = minReplicasOf(service.values.scaling);
  return {
    minAvailable: when(greaterThan(least, budget.minAvailable), budget.minAvailable),
    maxUnavailable: when(atMost(least, budget.minAvailable), budget.maxUnavailable),
  };
}
