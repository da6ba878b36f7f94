import { defineService } from '../model';
import { APPLICATION_USER, PROGRESS, QUICK_START, SURGE, TMP } from '../patterns';

export const api = defineService({
  name: 'api',
  description: 'HTTP API: retrieval, extraction on request, briefings, administration',
  image: { repository: 'api' },
  command: [],
  args: [],
  user: APPLICATION_USER,
  port: { container: 8080, service: 80 },
  health: { path: '/health', underBasePath: true },
  metricsPath: '/metrics',
  probes: QUICK_START,
  resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2', memory: '3Gi' } },
  scaling: {
    mode: 'hpa',
    replicas: 4,
    minReplicas: 4,
    maxReplicas: 20,
    signal: {
      source: 'pods',
      metric: 'http_requests_per_second',
      averageValue: '25',
      query: 'sum(rate(http_requests_total{SELECTOR}[2m]))',
    },
  },
  minAvailable: 3,
  rollout: SURGE,
  progressDeadlineSeconds: PROGRESS,
  // The load balancer goes on sending for some seconds after a pod left.
  shutdown: { preStopSeconds: 20, gracePeriodSeconds: 60 },
  scratch: [TMP],
  env: {},
  configuration: true,
  secrets: ['API_JWT_SECRET', 'NEO4J_USERNAME', 'NEO4J_PASSWORD', 'OS_USER', 'OS_PASS'],
  priority: 'serving',
  exposed: true,
  calls: [
    'qwen-embed-vllm',
    'splade',
    'extract',
    'catalog',
    'opensearch',
    'neo4j',
    'redis',
    'kafka',
    'llm',
    'aws',
    'telemetry',
  ],
  assumptions: [
    { what: 'metrics', taken: 'GET /metrics; the application has no such route yet' },
    {
      what: 'requests per second',
      taken: 'the metric http_requests_per_second a pod, served by a metrics adapter',
    },
  ],
});
