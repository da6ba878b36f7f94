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

export const indexer = defineService({
  name: 'indexer',
  description: 'Embeds chunks by both models and writes them to OpenSearch and the knowledge graph',
  image: { repository: 'indexer' },
  command: [],
  args: [],
  user: APPLICATION_USER,
  port: { container: 8080, service: 80 },
  health: { path: '/health' },
  metricsPath: '/metrics',
  probes: QUICK_START,
  resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2', memory: '4Gi' } },
  scaling: cpuScaling('hpa', 2, 6),
  rollout: SURGE,
  progressDeadlineSeconds: PROGRESS,
  shutdown: SHUTDOWN,
  scratch: [TMP],
  env: {},
  configuration: true,
  secrets: ['NEO4J_USERNAME', 'NEO4J_PASSWORD', 'OS_USER', 'OS_PASS'],
  priority: 'batch',
  calls: ['splade', 'qwen-embed-vllm', 'opensearch', 'neo4j', 'kafka', 'aws', 'internet', 'telemetry'],
  assumptions: [
    ...WORKER_ASSUMPTIONS,
    { what: 'resources', taken: '1 CPU and 2Gi requested, 2 CPU and 4Gi at most' },
  ],
});
