import { KubePodDisruptionBudget, type KubePodDisruptionBudgetProps } from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { DescribedConstruct, and, atMost, greaterThan, templated, when } from '../engine';
import { selectorLabelsOf } from './helpers/labels';
import { minReplicasOf } from './helpers/scaling';
import { serviceMetadata } from './metadata';
import { has, type ScopeWith, type ServiceScope } from './scope';

/**
 * Limits how many pods a drain takes at once. A single pod gets no budget, which would block every drain, and
 * an unhealthy pod never blocks one.
 */
export class DisruptionBudget extends DescribedConstruct {
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
          ...(has(service, 'minAvailable')
            ? guaranteed(service)
            : { maxUnavailable: values.disruptionBudget.maxUnavailable }),
          unhealthyPodEvictionPolicy: 'AlwaysAllow',
          selector: { matchLabels: selectorLabelsOf(record.name) },
        },
      }),
    );
  }
}

/** A number of pods that must stay, as long as there are more of them: otherwise it would block every drain. */
function guaranteed({ values }: ScopeWith<'minAvailable'>): object {
  const budget = values.disruptionBudget;
  const least = minReplicasOf(values.scaling);
  return {
    minAvailable: when(greaterThan(least, budget.minAvailable), budget.minAvailable),
    maxUnavailable: when(atMost(least, budget.minAvailable), budget.maxUnavailable),
  };
}
