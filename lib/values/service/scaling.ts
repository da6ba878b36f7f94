import type { Static } from '@sinclair/typebox';
import type { ScalingSignal, ServiceRecord } from '../../platform/model';
import { closed, integer, line, oneOf, shared, stringMap } from '../../engine';

const THRESHOLD = '^[0-9]+(\\.[0-9]+)?$';

const metricsLine = (description: string): ReturnType<typeof line> => line(description, { maxLength: 1024 });

const metricSettings = {
  utilization: integer('Target share of the requested CPU, in percent (cpu)', 1, 100),
  name: line('Name of the metric, as its adapter serves it (pods, external)', {
    pattern: '^[A-Za-z][A-Za-z0-9_-]*$',
    maxLength: 253,
  }),
  averageValue: line('Target average a pod, as a quantity (pods, external)', {
    pattern: '^[1-9][0-9]*m?$',
    maxLength: 16,
  }),
  matchLabels: stringMap('Labels that choose the series (external)'),
};

const hpaMetric = closed({
  source: oneOf('What it looks at: the CPU, a metric of the pods, or an external metric', [
    'cpu',
    'pods',
    'external',
  ]),
  ...metricSettings,
});

const secondHpaMetric = closed(
  {
    source: oneOf('What it looks at besides, if anything', ['none', 'cpu', 'pods', 'external']),
    ...metricSettings,
  },
  'A second metric: the one that asks for more pods counts',
);

/** How many pods a service has, and who sets it. */
export const scaling = shared(
  'scaling',
  closed({
    mode: oneOf('Who sets the number of pods; only the settings of that mode count', [
      'fixed',
      'hpa',
      'keda',
    ]),
    fixed: closed({ replicas: integer('Pods', 0, 1000) }, 'The chart sets it'),
    hpa: closed(
      {
        minReplicas: integer('Least number of pods', 1, 1000),
        maxReplicas: integer('Greatest number of pods', 1, 1000),
        metric: hpaMetric,
        secondMetric: secondHpaMetric,
        scaleUpStabilizationSeconds: integer(
          'Seconds that the need must stay high before pods are added',
          0,
          3600,
        ),
        scaleUpPercent: integer('Pods added in one period at most, in percent of those there', 1, 1000),
        scaleUpPeriodSeconds: integer('Length of that period', 1, 1800),
        scaleDownStabilizationSeconds: integer(
          'Seconds that the need must stay low before pods are taken away',
          0,
          3600,
        ),
        scaleDownPods: integer('Pods taken away in one period at most', 1, 1000),
        scaleDownPeriodSeconds: integer('Length of that period', 1, 1800),
      },
      'A HorizontalPodAutoscaler sets it',
    ),
    keda: closed(
      {
        minReplicas: integer('Least number of pods', 1, 1000),
        maxReplicas: integer('Greatest number of pods', 1, 1000),
        pollingInterval: integer('Seconds between two queries', 1, 3600),
        cooldownPeriod: integer('Seconds that the need must stay low before pods are taken away', 0, 3600),
        query: metricsLine('PromQL that yields one element; empty takes the one of the service'),
        threshold: line('Target value a pod', { pattern: THRESHOLD, maxLength: 16 }),
        secondQuery: metricsLine(
          'PromQL of a second trigger, the one that asks for more pods counts; empty takes the one of the service, if any',
        ),
        secondThreshold: line('Its target value a pod; empty for no second trigger', {
          pattern: `^$|${THRESHOLD}`,
          maxLength: 16,
        }),
        fallbackReplicas: integer('Least number of pods while Prometheus does not answer', 1, 1000),
      },
      'A KEDA ScaledObject sets it, by a query to monitoring.prometheusUrl',
    ),
  }),
);

/** What the chart starts with. */
export function scalingDefaults({ scaling: own, gpu }: ServiceRecord): Static<typeof scaling> {
  const { signal, secondSignal } = own;
  return {
    mode: own.mode,
    fixed: { replicas: own.replicas },
    hpa: {
      minReplicas: own.minReplicas,
      maxReplicas: own.maxReplicas,
      metric: { source: signal.source, ...settingsOf(signal) },
      secondMetric: { source: secondSignal?.source ?? 'none', ...settingsOf(secondSignal) },
      scaleUpStabilizationSeconds: 0,
      scaleUpPercent: 100,
      scaleUpPeriodSeconds: 60,
      // A pod that is taken away too early costs a model load; one that comes too late costs latency.
      scaleDownStabilizationSeconds: gpu ? 600 : 300,
      scaleDownPods: 1,
      scaleDownPeriodSeconds: 60,
    },
    keda: {
      minReplicas: own.minReplicas,
      maxReplicas: own.maxReplicas,
      pollingInterval: 15,
      cooldownPeriod: 600,
      query: '',
      threshold: thresholdOf(signal),
      secondQuery: '',
      secondThreshold: secondSignal === undefined ? '' : thresholdOf(secondSignal),
      fallbackReplicas: own.minReplicas,
    },
  };
}

type MetricSettings = Omit<Static<typeof hpaMetric>, 'source'>;

/** What a signal sets; the rest is there for who changes the source. */
function settingsOf(signal: ScalingSignal | undefined): MetricSettings {
  const settings = {
    utilization: 70,
    name: 'http_requests_per_second',
    averageValue: '25',
    matchLabels: {},
  };
  if (signal === undefined) return settings;
  return signal.source === 'cpu'
    ? { ...settings, utilization: signal.utilization }
    : { ...settings, name: signal.metric, averageValue: signal.averageValue };
}

/** Prometheus counts CPUs, not percent of what is requested. */
function thresholdOf(signal: ScalingSignal): string {
  if (signal.source === 'cpu') return '1';
  const { averageValue } = signal;
  // KEDA takes a number where an autoscaler takes a quantity.
  return averageValue.endsWith('m') ? String(Number(averageValue.slice(0, -1)) / 1000) : averageValue;
}
