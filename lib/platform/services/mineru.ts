import { defineService } from '../model';
import { APPLICATION_USER, GPU_SHUTDOWN, MODEL_PROGRESS, MODEL_START, NO_SPARE_GPU, TMP } from '../patterns';

export const mineru = defineService({
  name: 'mineru',
  description: 'Reads the layout, tables and formulas of PDF files, on GPUs alone',
  image: { repository: 'mineru' },
  command: [],
  args: [],
  user: APPLICATION_USER,
  port: { container: 9000, service: 9000 },
  health: { path: '/health' },
  metricsPath: '/metrics',
  probes: MODEL_START,
  resources: { requests: { cpu: '2', memory: '16Gi' }, limits: { cpu: '4', memory: '16Gi' } },
  gpu: { pool: 'mineru-gpu', count: 1 },
  scaling: {
    mode: 'hpa',
    replicas: 4,
    minReplicas: 2,
    maxReplicas: 4,
    signal: {
      source: 'pods',
      metric: 'DCGM_FI_DEV_GPU_UTIL',
      averageValue: '80',
      query: 'sum(DCGM_FI_DEV_GPU_UTIL{SELECTOR})',
    },
  },
  rollout: NO_SPARE_GPU,
  progressDeadlineSeconds: MODEL_PROGRESS,
  shutdown: GPU_SHUTDOWN,
  scratch: [
    TMP,
    { name: 'work', mountPath: '/var/lib/medkg', sizeLimit: '50Gi' },
    { name: 'cache', mountPath: '/var/cache/medkg', sizeLimit: '10Gi' },
    { name: 'shm', mountPath: '/dev/shm', sizeLimit: '4Gi', memory: true },
  ],
  env: { REQUIRE_GPU: '1', HF_HOME: '/var/cache/medkg', XDG_CACHE_HOME: '/var/cache/medkg' },
  configuration: true,
  secrets: [],
  priority: 'batch',
  calls: ['aws', 'internet', 'telemetry'],
  assumptions: [
    { what: 'health', taken: 'GET /health on port 9000 answers 200' },
    { what: 'metrics', taken: 'GET /metrics in the Prometheus format' },
    { what: 'model', taken: 'the weights are in the image, or in the cache directory' },
    {
      what: 'GPU metrics',
      taken: "the DCGM exporter is scraped with honorLabels, so that pod and namespace are the workload's",
    },
  ],
});
