import {
  KubeHorizontalPodAutoscalerV2,
  type KubeHorizontalPodAutoscalerV2Props,
  type MetricSpecV2,
} from 'cdk8s-plus-28/lib/imports/k8s';
import type { Construct } from 'constructs';
import type { ScalingSignal } from '../platform/model';
import {
  ScaledObject,
  ScaledObjectSpecFallbackBehavior,
  type ScaledObjectProps,
} from '../../imports/scaledobjects';
import {
  DescribedConstruct,
  type Item,
  type References,
  type Value,
  equals,
  joined,
  nonEmpty,
  orElse,
  release,
  templated,
  text,
  when,
} from '../engine';
import type { ServiceValues } from '../values';
import { nameOf } from './helpers/names';
import { serviceMetadata } from './metadata';
import type { ServiceScope } from './scope';
import { values as platform } from './values';

type HpaValues = References<ServiceValues>['scaling']['hpa'];

/** Scales a service by its CPU, by a metric of its pods, or by an external one; by two of them where it has two. */
export class HorizontalAutoscaler extends DescribedConstruct {
  constructor(scope: Construct, service: ServiceScope) {
    const { record, values } = service;
    super(scope, 'hpa', { source: 'lib/charts/autoscaling.ts', when: equals(values.scaling.mode, 'hpa') });
    const { hpa } = values.scaling;
    new KubeHorizontalPodAutoscalerV2(
      this,
      'horizontal-pod-autoscaler',
      templated<KubeHorizontalPodAutoscalerV2Props>({
        metadata: serviceMetadata(service),
        spec: {
          scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: nameOf(record.name) },
          minReplicas: hpa.minReplicas,
          maxReplicas: hpa.maxReplicas,
          metrics: [...metricOf(hpa.metric), ...metricOf(hpa.secondMetric)],
          behavior: {
            scaleUp: {
              stabilizationWindowSeconds: hpa.scaleUpStabilizationSeconds,
              policies: [
                { type: 'Percent', value: hpa.scaleUpPercent, periodSeconds: hpa.scaleUpPeriodSeconds },
              ],
            },
            scaleDown: {
              stabilizationWindowSeconds: hpa.scaleDownStabilizationSeconds,
              policies: [
                { type: 'Pods', value: hpa.scaleDownPods, periodSeconds: hpa.scaleDownPeriodSeconds },
              ],
            },
          },
        },
      }),
    );
  }
}

/** What an autoscaler looks at: one of three, or nothing. */
function metricOf(settings: HpaValues['metric'] | HpaValues['secondMetric']): Item<MetricSpecV2>[] {
  const metric = { name: settings.name };
  const target = { type: 'AverageValue', averageValue: settings.averageValue };
  return [
    when(equals(settings.source, 'cpu'), {
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: settings.utilization } },
    }),
    when(equals(settings.source, 'pods'), { type: 'Pods', pods: { metric, target } }),
    when(equals(settings.source, 'external'), {
      type: 'External',
      external: {
        metric: {
          ...metric,
          selector: when(nonEmpty(settings.matchLabels), { matchLabels: settings.matchLabels }),
        },
        target,
      },
    }),
  ];
}

/** Scales a service by queries to Prometheus, through KEDA. */
export class KedaScaler extends DescribedConstruct {
  constructor(scope: Construct, service: ServiceScope) {
    const { record, values } = service;
    super(scope, 'keda', { source: 'lib/charts/autoscaling.ts', when: equals(values.scaling.mode, 'keda') });
    const { keda } = values.scaling;
    const { signal, secondSignal } = record.scaling;
    const secondQuery =
      secondSignal === undefined
        ? keda.secondQuery
        : orElse(keda.secondQuery, queryOf(service, secondSignal));
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
          fallback: {
            failureThreshold: 3,
            replicas: keda.fallbackReplicas,
            // A Prometheus that is gone takes no pod away.
            behavior: ScaledObjectSpecFallbackBehavior.CURRENT_REPLICAS_IF_HIGHER,
          },
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
            trigger(orElse(keda.query, queryOf(service, signal)), keda.threshold),
            when(nonEmpty(keda.secondThreshold), trigger(secondQuery, keda.secondThreshold)),
          ],
        },
      }),
    );
  }
}

function trigger(query: Value<string>, threshold: Value<string>) {
  return {
    type: 'prometheus',
    metadata: {
      serverAddress: platform.monitoring.prometheusUrl,
      query,
      threshold,
      ignoreNullValues: 'false',
    },
  };
}

/** The load of all pods of the service, as one element. */
function queryOf({ record }: ServiceScope, signal: ScalingSignal): Value<string> {
  const selector = text`namespace="${release.namespace}",pod=~"${nameOf(record.name)}-[a-z0-9]+-[a-z0-9]+"`;
  const query =
    signal.source === 'cpu' ? 'sum(rate(container_cpu_usage_seconds_total{SELECTOR}[2m]))' : signal.query;
  const [before = '', after = ''] = query.split('SELECTOR');
  return joined(before, selector, after);
}
