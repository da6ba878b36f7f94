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

export const evaluation = defineService({
  name: 'eval',
  description: 'Measures retrieval and extraction against gold data',
  image: { repository: 'eval' },
  command: [],
  args: [],
  user: APPLICATION_USER,
  port: { container: 8080, service: 80 },
  health: { path: '/health' },
  metricsPath: '/metrics',
  probes: QUICK_START,
  resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '1', memory: '2Gi' } },
  scaling: cpuScaling('fixed', 1, 2),
  rollout: SURGE,
  progressDeadlineSeconds: PROGRESS,
  shutdown: SHUTDOWN,
  scratch: [TMP],
  env: {},
  configuration: true,
  secrets: ['OS_USER', 'OS_PASS'],
  priority: 'batch',
  calls: ['api', 'opensearch', 'kafka', 'aws', 'internet', 'telemetry'],
  assumptions: [
    ...WORKER_ASSUMPTIONS,
    { what: 'resources', taken: '500m CPU and 1Gi requested, 1 CPU and 2Gi at most' },
  ],
});
