import type { Construct } from 'constructs';
import { ServiceMonitor, type ServiceMonitorProps } from '../../imports/servicemonitors';
import { DescribedConstruct, spreadMap, templated } from '../engine';
import { selectorLabelsOf } from './helpers/labels';
import { serviceMetadata } from './metadata';
import type { ServiceScope } from './scope';
import { values } from './values';

const { serviceMonitors } = values.monitoring;

/** Lets the Prometheus operator scrape a service. */
export class Scraping extends DescribedConstruct {
  constructor(scope: Construct, service: ServiceScope) {
    super(scope, 'scraping', { source: 'lib/charts/service-monitor.ts', when: serviceMonitors.enabled });
    const metadata = serviceMetadata(service);
    new ServiceMonitor(
      this,
      'service-monitor',
      templated<ServiceMonitorProps>({
        metadata: { ...metadata, labels: { ...metadata.labels, ...spreadMap(serviceMonitors.labels) } },
        spec: {
          selector: { matchLabels: selectorLabelsOf(service.record.name) },
          endpoints: [
            {
              port: 'http',
              path: service.record.metricsPath,
              interval: serviceMonitors.interval,
              scrapeTimeout: serviceMonitors.scrapeTimeout,
            },
          ],
        },
      }),
    );
  }
}
