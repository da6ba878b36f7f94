import type { V1Pod } from '@kubernetes/client-node';
import { COMPONENT, isReady, podsIn } from './workloads';

/** One value of a pod: of its CPU in percent of what it requests, of a metric as that counts. */
interface Sample {
  readonly value: number;
  /** The time over which it was measured. */
  readonly windowSeconds: number;
}

/** What a metric says: a value of each ready pod, or nothing, or the server fails. */
export type Reading = 'missing' | 'error' | ((pod: V1Pod, readyPods: readonly V1Pod[]) => Sample);

/** One series of an external metric. */
interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Every ready pod says the same. */
export function each(value: number, windowSeconds = 1): Reading {
  return () => ({ value, windowSeconds });
}

/** The ready pods share a load. */
export function shared(load: number): Reading {
  return (_, readyPods) => ({ value: load / readyPods.length, windowSeconds: 1 });
}

/** An answer that is not a list. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
  }
}

/** The name of the CPU among the metrics. */
export const CPU = 'cpu';

/** The three APIs of metrics: what an adapter of Prometheus, an adapter of a queue, and the metrics server serve. */
export const METRICS_APIS = [
  { group: 'custom.metrics.k8s.io', version: 'v1beta2' },
  { group: 'external.metrics.k8s.io', version: 'v1beta1' },
  { group: 'metrics.k8s.io', version: 'v1beta1' },
] as const;

/** What autoscalers are told, and how often they asked. */
export class Metrics {
  private readonly readings = new Map<string, Reading>();
  private readonly series = new Map<string, readonly Series[]>();
  private readonly questions = new Map<string, number>();

  /** Sets a metric of a service's pods. */
  set(component: string, metric: string, reading: Reading): void {
    this.readings.set(`${component} ${metric}`, reading);
  }

  /** Sets all series of an external metric; without any it is missing. */
  setExternal(metric: string, ...series: readonly Series[]): void {
    this.series.set(metric, series);
  }

  /** How often somebody asked for a metric of a service. */
  asked(component: string, metric: string): number {
    return this.questions.get(`${component} ${metric}`) ?? 0;
  }

  /** Answers one request to one of the APIs. */
  async answer({ pathname, searchParams }: URL): Promise<object> {
    const [, , group = '', version = '', , namespace, ...rest] = decodeURIComponent(pathname).split('/');
    const groupVersion = `${group}/${version}`;
    if (namespace === undefined)
      return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: [] };
    const selector = searchParams.get('labelSelector') ?? '';
    const list = { apiVersion: groupVersion, metadata: {} };
    if (group === 'external.metrics.k8s.io')
      return {
        ...list,
        kind: 'ExternalMetricValueList',
        items: this.externalValues(rest[0] ?? '', selector),
      };
    const metric = rest[2] ?? CPU;
    const samples = await this.samples(namespace, selector, metric);
    return metric === CPU
      ? { ...list, kind: 'PodMetricsList', items: samples.map(podMetrics) }
      : { ...list, kind: 'MetricValueList', items: samples.map((sample) => metricValue(metric, sample)) };
  }

  private async samples(
    namespace: string,
    selector: string,
    metric: string,
  ): Promise<(readonly [V1Pod, Sample])[]> {
    const component =
      selector
        .split(',')
        .find((part) => part.startsWith(`${COMPONENT}=`))
        ?.split('=')[1] ?? '';
    const key = `${component} ${metric}`;
    this.questions.set(key, this.asked(component, metric) + 1);
    const reading = this.readings.get(key) ?? 'missing';
    if (reading === 'error')
      throw new Refusal(500, 'InternalError', 'Internal error occurred: Prometheus is gone');
    if (reading === 'missing') {
      if (metric === CPU) return [];
      throw new Refusal(404, 'NotFound', `the server could not find the metric ${metric} for pods`);
    }
    const pods = (await podsIn(namespace, selector)).filter(isReady);
    return pods.map((pod) => [pod, reading(pod, pods)]);
  }

  private externalValues(metric: string, selector: string): object[] {
    const wanted = selector.split(',').filter((part) => part !== '');
    const chosen = (this.series.get(metric) ?? []).filter(({ labels }) =>
      wanted.every((part) => Object.entries(labels).some(([name, value]) => part === `${name}=${value}`)),
    );
    return chosen.map(({ labels, value }) => ({
      metricName: metric,
      metricLabels: labels,
      timestamp: now(),
      value: milli(value),
    }));
  }
}

function now(): string {
  return new Date().toISOString();
}

function milli(value: number): string {
  return `${String(Math.round(value * 1000))}m`;
}

function metricValue(
  name: string,
  [{ metadata }, { value, windowSeconds }]: readonly [V1Pod, Sample],
): object {
  return {
    describedObject: { apiVersion: '/v1', kind: 'Pod', name: metadata?.name, namespace: metadata?.namespace },
    metric: { name },
    timestamp: now(),
    windowSeconds,
    value: milli(value),
  };
}

function podMetrics([pod, { value, windowSeconds }]: readonly [V1Pod, Sample]): object {
  const usage = { cpu: milli((value / 100) * requestedCpus(pod)), memory: '1Mi' };
  return {
    metadata: { name: pod.metadata?.name, namespace: pod.metadata?.namespace },
    timestamp: now(),
    window: `${String(windowSeconds)}s`,
    containers: [{ name: 'all', usage }],
  };
}

function requestedCpus({ spec }: V1Pod): number {
  const requests = (spec?.containers ?? []).map(({ resources }) => resources?.requests?.['cpu'] ?? '0');
  return requests.map(cpus).reduce((sum, one) => sum + one, 0);
}

function cpus(quantity: string): number {
  return quantity.endsWith('m') ? Number(quantity.slice(0, -1)) / 1000 : Number(quantity);
}
