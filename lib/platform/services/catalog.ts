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

export const catalog = defineService({
  name: 'catalog',
  description: 'Loads, embeds and publishes the vocabularies',
  image: { repository: 'catalog' },
  command: [],
  args: [],
  user: APPLICATION_USER,
  port: { container: 8080, service: 80 },
  health: { path: '/health' },
  metricsPath: '/metrics',
  probes: QUICK_START,
  resources: { requests: { cpu: '500m', memory: '2Gi' }, limits: { cpu: '2', memory: '4Gi' } },
  scaling: cpuScaling('fixed', 1, 2),
  rollout: SURGE,
  progressDeadlineSeconds: PROGRESS,
  shutdown: SHUTDOWN,
  scratch: [TMP, { name: 'vocabularies', mountPath: '/var/lib/medkg', sizeLimit: '20Gi' }],
  env: {},
  configuration: true,
  secrets: ['UMLS_API_KEY', 'NEO4J_USERNAME', 'NEO4J_PASSWORD', 'OS_USER', 'OS_PASS'],
  priority: 'batch',
  calls: ['splade', 'qwen-embed-vllm', 'opensearch', 'neo4j', 'kafka', 'aws', 'internet', 'telemetry'],
  assumptions: [
    ...WORKER_ASSUMPTIONS,
    { what: 'resources', taken: '500m CPU and 2Gi requested, 2 CPU and 4Gi at most' },
  ],
});
