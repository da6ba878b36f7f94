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

export const extract = defineService({
  name: 'extract',
  description: 'Extracts PICO, effects, adverse events, doses and eligibility with a language model',
  image: { repository: 'extract' },
  command: [],
  args: [],
  user: APPLICATION_USER,
  port: { container: 8080, service: 80 },
  health: { path: '/health' },
  metricsPath: '/metrics',
  probes: QUICK_START,
  resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2', memory: '4Gi' } },
  // It calls the model endpoint under `external.llm`; to run one in the pod, name a pool.
  gpu: { pool: undefined, count: 1 },
  scaling: cpuScaling('hpa', 2, 6),
  rollout: SURGE,
  progressDeadlineSeconds: PROGRESS,
  shutdown: SHUTDOWN,
  scratch: [TMP],
  env: {},
  configuration: true,
  secrets: ['NEO4J_USERNAME', 'NEO4J_PASSWORD', 'OS_USER', 'OS_PASS'],
  priority: 'batch',
  calls: ['llm', 'opensearch', 'neo4j', 'kafka', 'aws', 'internet', 'telemetry'],
  assumptions: [
    ...WORKER_ASSUMPTIONS,
    { what: 'resources', taken: '1 CPU and 2Gi requested, 2 CPU and 4Gi at most' },
  ],
});
