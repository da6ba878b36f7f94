import { defineService } from '../model';
import {
  APPLICATION_USER,
  cpuScaling,
  PROGRESS,
  QUICK_START,
  SHUTDOWN,
  SURGE,
  TMP,
  WORKER_ASSUMPTIONS,
} from '../patterns';

export const chunker = defineService({
  name: 'chunker',
  description: 'Cuts documents into coherent chunks and writes their facets',
  image: { repository: 'chunker' },
  command: [],
  args: [],
  user: APPLICATION_USER,
  port: { container: 8080, service: 80 },
  health: { path: '/health' },
  metricsPath: '/metrics',
  probes: QUICK_START,
  resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2', memory: '4Gi' } },
  scaling: cpuScaling('hpa', 2, 8),
  rollout: SURGE,
  progressDeadlineSeconds: PROGRESS,
  shutdown: SHUTDOWN,
  scratch: [TMP],
  env: {},
  configuration: true,
  secrets: [],
  priority: 'batch',
  calls: ['indexer', 'llm', 'kafka', 'aws', 'internet', 'telemetry'],
  assumptions: [
    ...WORKER_ASSUMPTIONS,
    { what: 'resources', taken: '1 CPU and 2Gi requested, 2 CPU and 4Gi at most' },
  ],
});
