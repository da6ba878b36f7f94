import {
  KubeHorizontalPodAutoscalerV2,
  type KubeHorizontalPodAutoscalerV2Props,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import { ScaledObject, type ScaledObjectProps } from '../../imports/scaledobjects';
import { equals, nonEmpty, orElse, joined, templated, text, when, type Value } from '../template';
import { nameOf } from './helpers/names';
import { serviceMetadata } from './metadata';
import { Part, type ServiceScope } from './part';
import { release } from './release';
import { values as platform } from './values';

/** Scales a service by its CPU, by a metric of its pods, or by an external one. */
export class HorizontalAutoscaler extends Part {
  constructor(scope: Construct, service: ServiceScope) {
    const { record, values } = service;
    super(scope, 'hpa', { source: 'lib/charts/autoscaling.ts', when: equals(values.scaling.mode, 'hpa') });
    const { hpa } = values.scaling;
    const metric = { name: hpa.metric.name };
    const target = { type: 'AverageValue', averageValue: hpa.metric.averageValue };
    new KubeHorizontalPodAutoscalerV2(
      this,
      'horizontal-pod-autoscaler',
      templated<KubeHorizontalPodAutoscalerV2Props>({
        metadata: serviceMetadata(service),
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: nameOf(record.name) },
          minReplicas: hpa.minReplicas,
          maxReplicas: hpa.maxReplicas,
          metrics: [
            when(equals(hpa.metric.source, 'cpu'), {
              type: 'Resource',
              resource: {
                name: 'cpu',
                target: { type: 'Utilization', averageUtilization: hpa.metric.utilization },
              },
            }),
            when(equals(hpa.metric.source, 'pods'), { type: 'Pods', pods: { metric, target } }),
            when(equals(hpa.metric.source, 'external'), {
              type: 'External',
              external: {
                metric: {
                  ...metric,
                  selector: when(nonEmpty(hpa.metric.matchLabels), { matchLabels: hpa.metric.matchLabels }),
                },
                target,
              },
            }),
          ],
          behavior: {
            // A pod that is taken away too early costs a model load; one that comes too late costs latency.
            scaleUp: {
              stabilizationWindowSeconds: 0,
              policies: [{ type: 'Percent', value: 100, periodSeconds: 60 }],
            },
            scaleDown: {
              stabilizationWindowSeconds: hpa.scaleDownStabilizationSeconds,
              policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
            },
          },
        },
      }),
    );
  }
}

/** Scales a service by a query to Prometheus, through KEDA. */
export class KedaScaler extends Part {
  constructor(scope: Construct, service: ServiceScope) {
    const { record, values } = service;
    super(scope, 'keda', { source: 'lib/charts/autoscaling.ts', when: equals(values.scaling.mode, 'keda') });
    const { keda } = values.scaling;
    new ScaledObject(
      this,
      'scaled-object',
      templated<ScaledObjectProps>({
        metadata: {
          ...serviceMetadata(service),
          // Otherwise KEDA refuses while our own autoscaler is there, and the switch between the two dead-locks.
          annotations: { 'validations.keda.sh/hpa-ownership': 'false' },
        },
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: nameOf(record.name) },
          minReplicaCount: keda.minReplicas,
          maxReplicaCount: keda.maxReplicas,
          pollingInterval: keda.pollingInterval,
          cooldownPeriod: keda.cooldownPeriod,
          fallback: { failureThreshold: 3, replicas: keda.fallbackReplicas },
          advanced: {
            horizontalPodAutoscalerConfig: {
              behavior: {
                scaleDown: {
                  stabilizationWindowSeconds: keda.cooldownPeriod,
                  policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }],
                },
              },
            },
          },
          triggers: [
            {
              type: 'prometheus',
              metadata: {
                serverAddress: platform.monitoring.prometheusUrl,
                query: orElse(keda.query, queryOf(service)),
                threshold: keda.threshold,
                ignoreNullValues: 'false',
              },
            },
          ],
        },
      }),
    );
  }
}

/** The load of all pods of the service, as one element. */
function queryOf({ record }: ServiceScope): Value<string> {
  const selector = text`namespace="${release.namespace}",pod=~"${nameOf(record.name)}-[a-z0-9]+-[a-z0-9]+"`;
  const { signal } = record.scaling;
  const query =
    signal.source === 'cpu' ? 'sum(rate(container_cpu_usage_seconds_total{SELECTOR}[2m]))' : signal.query;
  const [before = '', after = ''] = query.split('SELECTOR');
  return joined(before, selector, after);
}
