import { MINUTES, closed, flag, group, line, stringMap } from '../../engine';
import { url } from '../url';

export const monitoring = group(
  closed(
    {
      serviceMonitors: closed({
        enabled: flag("Make a ServiceMonitor a service (needs the Prometheus operator's definitions)"),
        interval: line('Time between two scrapes', { pattern: MINUTES, maxLength: 8 }),
        scrapeTimeout: line('Time that a scrape may take; less than the interval', {
          pattern: MINUTES,
          maxLength: 8,
        }),
        labels: stringMap(
          'Labels by which the operator selects them, such as release: kube-prometheus-stack',
        ),
      }),
      prometheusUrl: url('Prometheus, for KEDA', 'http://prometheus.monitoring:9090'),
      otlpEndpoint: url(
        'OpenTelemetry collector; empty for no traces',
        'http://otel-collector.monitoring:4318',
      ),
    },
    'Metrics and traces',
  ),
  {
    serviceMonitors: { enabled: false, interval: '10s', scrapeTimeout: '8s', labels: {} },
    prometheusUrl: 'http://prometheus-operated.monitoring:9090',
    otlpEndpoint: 'http://otel-collector.monitoring:4318',
  },
);
